-- SPDX-License-Identifier: Apache-2.0
-- Addresses among the contact points have parts. What was one text becomes the street, so that
-- nothing is lost; `value` keeps the whole in one line.
ALTER TABLE contact_points ADD COLUMN street {sorted};
ALTER TABLE contact_points ADD COLUMN street_f {exact};
ALTER TABLE contact_points ADD COLUMN postcode {sorted};
ALTER TABLE contact_points ADD COLUMN postcode_f {exact};
ALTER TABLE contact_points ADD COLUMN city {sorted};
ALTER TABLE contact_points ADD COLUMN city_f {exact};
ALTER TABLE contact_points ADD COLUMN region {sorted};
ALTER TABLE contact_points ADD COLUMN region_f {exact};
ALTER TABLE contact_points ADD COLUMN country {sorted};
ALTER TABLE contact_points ADD COLUMN country_f {exact};
UPDATE contact_points SET street = value, street_f = value_f WHERE kind = 'address';
