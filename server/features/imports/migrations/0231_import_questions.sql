-- SPDX-License-Identifier: Apache-2.0
-- Rows that a run has put aside because their record is there, until somebody decides what becomes of
-- them: '' is undecided. `records` (ids) and `cells` are JSON.
CREATE TABLE import_questions (
  id {id},
  import BIGINT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  row_number BIGINT NOT NULL,
  records TEXT NOT NULL,
  cells TEXT NOT NULL,
  decision {exact} NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX import_questions_row ON import_questions (import, row_number);
