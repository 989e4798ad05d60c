-- A row here is one care activity: a contact has several, so they are folded, newest last.
therapies_referrals AS (
  SELECT $across AS person_here, $pathway AS pathway_here,
         max_by(struct($received AS received, $discharged AS discharged, $close_reason AS reason,
                       $provider AS provider), $extract) AS r
  FROM $referrals
  WHERE $across IS NOT NULL
    -- which people: add your own condition here, and say it in the answer
  GROUP BY $across, $pathway
),
therapies_visits AS (
  SELECT $across AS person_here, $pathway AS pathway_here, $visit AS visit_here,
         max_by(struct($visit_date AS day, lpad(nullif(trim($kind), ''), 2, '0') AS kind,
                       nullif(right(trim($attendance), 1), '') AS attendance, $provider AS provider), $extract) AS v
  FROM $visits
  WHERE $across IS NOT NULL
    -- which people: the same condition again
  GROUP BY $across, $pathway, $visit
),
from_talking_therapies AS (
  SELECT CAST(person_here AS STRING) AS person, 'referral' AS activity,
         CAST(r.received AS TIMESTAMP) AS time, 10 AS seq, r.provider AS provider, pathway_here AS referral
  FROM therapies_referrals
  UNION ALL
  SELECT CAST(person_here AS STRING), concat('discharge_', coalesce(nullif(trim(r.reason), ''), 'NA')),
         CAST(r.discharged AS TIMESTAMP), 60, r.provider, pathway_here
  FROM therapies_referrals WHERE r.discharged IS NOT NULL
  UNION ALL
  SELECT CAST(person_here AS STRING),
         concat('app', coalesce(v.kind, 'NA'), '_att', coalesce(v.attendance, 'NA')),
         CAST(v.day AS TIMESTAMP), CASE WHEN v.attendance IN ('5', '6') THEN 40 ELSE 30 END, v.provider, pathway_here
  FROM therapies_visits
)
