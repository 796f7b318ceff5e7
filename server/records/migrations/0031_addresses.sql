-- SPDX-License-Identifier: Apache-2.0
-- Addresses among the contact points have parts. What was one text becomes the street, so that
-- nothing is lost; `value` keeps the whole in one line.
ALTER TABLE contact_points ADD COLUMN street TEXT;
ALTER TABLE contact_points ADD COLUMN street_f {exact};
ALTER TABLE contact_points ADD COLUMN postcode TEXT;
ALTER TABLE contact_points ADD COLUMN postcode_f {exact};
ALTER TABLE contact_points ADD COLUMN city TEXT;
ALTER TABLE contact_points ADD COLUMN city_f {exact};
ALTER TABLE contact_points ADD COLUMN region TEXT;
ALTER TABLE contact_points ADD COLUMN region_f {exact};
ALTER TABLE contact_points ADD COLUMN country TEXT;
ALTER TABLE contact_points ADD COLUMN country_f {exact};
UPDATE contact_points SET street = value, street_f = value_f WHERE kind = 'address';
