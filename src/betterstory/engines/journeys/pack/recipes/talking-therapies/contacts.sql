therapies_sent AS (
  SELECT UniqueSubmissionID, AuditId FROM $newest_list WHERE IsLatest = 1
),
therapies_referrals AS (
  SELECT r.*, ROW_NUMBER() OVER (
           PARTITION BY r.$pathway ORDER BY r.$month DESC, r.$record DESC) AS newest
  FROM $referrals r
  JOIN therapies_sent s ON s.UniqueSubmissionID = r.UniqueSubmissionID AND s.AuditId = r.AuditId
  WHERE upper(CAST(r.$use_flag AS STRING)) IN ('TRUE', '1')
    -- which people: add your own condition here, and say it in the answer
),
therapies_visits AS (
  SELECT r.*,
         lpad(nullif(trim(r.$kind), ''), 2, '0') AS kind_code,
         nullif(right(trim(r.$attendance), 1), '') AS attendance_code,
         ROW_NUMBER() OVER (PARTITION BY r.$visit ORDER BY r.AuditId DESC) AS newest
  FROM $visits r
  JOIN therapies_sent s ON s.UniqueSubmissionID = r.UniqueSubmissionID AND s.AuditId = r.AuditId
),
from_talking_therapies AS (
  SELECT CAST($across AS STRING) AS person, 'referral' AS activity,
         CAST($received AS TIMESTAMP) AS time, 10 AS seq, $provider AS provider, $pathway AS referral
  FROM therapies_referrals WHERE newest = 1
  UNION ALL
  SELECT CAST($across AS STRING), concat('discharge_', coalesce(nullif(trim($close_reason), ''), 'NA')),
         CAST($discharged AS TIMESTAMP), 60, $provider, $pathway
  FROM therapies_referrals WHERE newest = 1 AND $discharged IS NOT NULL
  UNION ALL
  SELECT CAST(r.$across AS STRING),
         concat('app', coalesce(v.kind_code, 'NA'), '_att', coalesce(v.attendance_code, 'NA')),
         CAST(v.$visit_date AS TIMESTAMP), CASE WHEN v.attendance_code IN ('5', '6') THEN 40 ELSE 30 END, r.$provider, r.$pathway
  FROM therapies_visits v
  JOIN therapies_referrals r ON r.$pathway = v.$pathway AND r.newest = 1
  WHERE v.newest = 1
)
