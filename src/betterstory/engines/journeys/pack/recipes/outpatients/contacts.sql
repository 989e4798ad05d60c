from_outpatients AS (
  SELECT CAST($across AS STRING) AS person,
         concat('outpatient_att', coalesce(nullif(right(trim($attendance), 1), ''), 'NA')) AS activity,
         CAST($day AS TIMESTAMP) AS time,
         CASE WHEN right(trim($attendance), 1) IN ('5', '6') THEN 40 ELSE 30 END AS seq,
         $provider AS provider, CAST($visit AS STRING) AS referral
  FROM $appointments r
  WHERE $specialty = '710' AND $day > DATE'1801-01-01'
    -- which people: add your own condition here, and say it in the answer
)
