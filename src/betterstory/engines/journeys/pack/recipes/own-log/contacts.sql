from_own_log AS (
  SELECT CAST($person AS STRING) AS person, CAST($activity AS STRING) AS activity,
         CAST($time AS TIMESTAMP) AS time, coalesce(CAST($order AS INT), 0) AS seq,
         CAST($provider AS STRING) AS provider, CAST($referral AS STRING) AS referral
  FROM $log
    -- which people: add your own condition here, and say it in the answer
)
