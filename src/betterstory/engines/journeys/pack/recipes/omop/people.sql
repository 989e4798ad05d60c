-- Everybody who was ever watched, from the first day to the last.
story_people AS (
  SELECT CAST($person AS STRING) AS person, min(CAST($watched_from AS DATE)) AS start, max(CAST($watched_to AS DATE)) AS `end`
  FROM $watched
  GROUP BY $person
)
