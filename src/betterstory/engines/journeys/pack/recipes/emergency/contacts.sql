-- Two rows of one arrival are one contact.
from_emergency AS (
  SELECT CAST($across AS STRING) AS person, 'ed_arrival' AS activity,
         CAST(concat(CAST($day AS DATE), ' ', coalesce($clock, '00:00:00')) AS TIMESTAMP) AS time,
         70 AS seq, $provider AS provider, CAST(min($visit) AS STRING) AS referral
  FROM $arrivals r
  WHERE $category IN ('1', '2', '3') AND $department = '01' AND $across IS NOT NULL$only_newest
    -- which people: add your own condition here, and say it in the answer
  GROUP BY $across, $day, $clock, $provider
)
