-- A row is an episode; FAE = 1 is the first finished one of a stay, so one row a stay.
from_admissions AS (
  SELECT CAST($across AS STRING) AS person,
         CASE WHEN $emergency = 1 THEN 'admission_emergency' ELSE 'admission_other' END AS activity,
         CAST($day AS TIMESTAMP) AS time, 80 AS seq, $provider AS provider, CAST($visit AS STRING) AS referral
  FROM $episodes r
  WHERE $first_finished = 1 AND $day > DATE'1801-01-01'
    -- which people: add your own condition here, and say it in the answer
)
