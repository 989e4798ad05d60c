-- Visits while the person was observed, each once, and when watching began and ended.
from_omop AS (
  SELECT CAST(v.$person AS STRING) AS person, concat('visit_', CAST(v.$kind AS STRING)) AS activity,
         coalesce(v.$clock, CAST(v.$day AS TIMESTAMP)) AS time, 40 AS seq,
         CAST(v.$provider AS STRING) AS provider, CAST(v.$visit AS STRING) AS referral
  FROM $visits v
  WHERE EXISTS (
    SELECT 1 FROM $watched o
    WHERE o.$person = v.$person AND v.$day BETWEEN o.$watched_from AND o.$watched_to)
    -- which people: add your own condition here, and say it in the answer
  UNION ALL
  SELECT CAST($person AS STRING), 'observed_from', CAST($watched_from AS TIMESTAMP), 0,
         CAST(NULL AS STRING), CAST(NULL AS STRING) FROM $watched
  UNION ALL
  SELECT CAST($person AS STRING), 'observed_to', CAST($watched_to AS TIMESTAMP), 99,
         CAST(NULL AS STRING), CAST(NULL AS STRING) FROM $watched
)
