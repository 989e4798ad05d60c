-- An open referral flows again every month: only its newest row counts.
mhsds_referrals AS (
  SELECT r.*, ROW_NUMBER() OVER (
           PARTITION BY r.$person, r.$referral ORDER BY r.$month DESC, r.$record DESC) AS newest
  FROM $referrals r
  WHERE r.$month BETWEEN 1489 AND {month}
    AND coalesce(r.$provider, '') NOT IN ('DFC', 'S9X2N', 'F9R5H')  -- these services are anonymous$only_newest
    -- which people: add your own condition here, and say it in the answer
),
mhsds_visits AS (
  SELECT r.*, ROW_NUMBER() OVER (
           PARTITION BY r.$person, r.$visit ORDER BY r.$month DESC, r.$record DESC) AS newest
  FROM $visits r
  WHERE r.$month BETWEEN 1489 AND {month}
    AND coalesce(r.$provider, '') NOT IN ('DFC', 'S9X2N', 'F9R5H')$only_newest
    -- which people: the same condition again
),
from_mhsds AS (
  SELECT CAST($across AS STRING) AS person, 'referral' AS activity,
         CAST($received AS TIMESTAMP) AS time, 10 AS seq, $provider AS provider, $referral AS referral
  FROM mhsds_referrals WHERE newest = 1
  UNION ALL
  SELECT CAST($across AS STRING), concat('rejected_', coalesce(lpad(nullif(trim($reject_reason), ''), 2, '0'), 'NA')),
         CAST($rejected AS TIMESTAMP), 50, $provider, $referral
  FROM mhsds_referrals WHERE newest = 1 AND $rejected IS NOT NULL
  UNION ALL
  SELECT CAST($across AS STRING), concat('discharge_', coalesce(lpad(nullif(trim($close_reason), ''), 2, '0'), 'NA')),
         CAST($discharged AS TIMESTAMP), 60, $provider, $referral
  FROM mhsds_referrals WHERE newest = 1 AND $discharged IS NOT NULL
  UNION ALL
  SELECT CAST($across AS STRING), concat('contact_att', coalesce(nullif(right(trim($attendance), 1), ''), 'NA')),
         CAST(concat(CAST($visit_date AS DATE), ' ', coalesce($visit_time, '00:00:00')) AS TIMESTAMP),
         CASE WHEN right(trim($attendance), 1) IN ('5', '6') THEN 40 ELSE 30 END, $provider, $referral
  FROM mhsds_visits WHERE newest = 1
)
