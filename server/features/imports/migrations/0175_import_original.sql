-- SPDX-License-Identifier: Apache-2.0
-- The file as it was uploaded, when `file` is a converted one: so that another encoding can be chosen.
ALTER TABLE imports ADD COLUMN original {exact} NOT NULL DEFAULT '';
