// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>

#include "records/api.hpp"

namespace fokus::records {

// A record as it lies in the database, column by column: what a merge puts together, and what it
// writes down to be able to undo itself. Goes to JSON and back without loss.
struct RecordImage {
  RecordId id;
  std::int64_t version = 0;
  bool archived = false;
  boost::json::object fields;  // name → array of the columns' values; no version, no updated_…
  boost::json::array points;   // contact points in their order
};

// How an image is written.
struct ImageSave {
  Provenance provenance;
  std::string event = "changed";  // or archived, restored
  boost::json::object origins;  // field → id of the record its value comes from, for the history
  boost::json::array told;      // further changes that the history shall tell
  bool mirrors_points = false;  // the primary contact points fill phone, e-mail, website, address
};

// The save recipe's raw half: rights on the record itself are checked by take(), but values are not
// parsed again and masked ones come along. For the merge feature only. Thread-safe.
class RecordMerging {
 public:
  // `search_written` as in Records::set_search_written().
  RecordMerging(const ApiParts& parts, std::function<void()> search_written);
  ~RecordMerging();

  // A live record that the actor may read, update and archive, locked until the end. Errors:
  // "records/not_found", "records/forbidden", "records/merged", and "records/stale" with
  // current_version when it has another version.
  Result<RecordImage> take(store::Transaction& tx, const Scope& scope, const RecordType& type,
                           RecordId id, std::optional<std::int64_t> version) const;
  // The same for a preview: nothing is locked.
  Result<RecordImage> look(store::Session& session, const Scope& scope, const RecordType& type,
                           RecordId id) const;
  // Wherever it lies and whoever asks; locked in a transaction.
  std::optional<RecordImage> find(store::Session& session, const RecordType& type, RecordId id,
                                  bool locked) const;
  // As take(), of a record that has become part of another one.
  Status check_merged(store::Session& session, const Scope& scope, const RecordType& type,
                      RecordId id) const;

  // Makes the record what the image says. Fields that the image does not know stay. Error:
  // "records/not_unique" with the field.
  Result<Saved> save(store::Transaction& tx, const Scope& scope, const RecordType& type,
                     const RecordImage& image, const ImageSave& how) const;

  // The contact points of all, each once, those of the first record first. `chosen` are the columns
  // that the merged record's own phone, e-mail, … will have: they become the primary ones.
  boost::json::array join_points(const RecordType& type,
                                 const std::vector<const RecordImage*>& images,
                                 const boost::json::object& chosen) const;

  // A field of an image as the API shows it.
  std::string render(const Field& field, const RecordImage& image) const;
  std::string render_points(const RecordImage& image) const;

 private:
  std::unique_ptr<Records::Inner> inner_;
  const Records& records_;
};

boost::json::object image_to_json(const RecordImage& image);
RecordImage image_from_json(const boost::json::object& json);

}  // namespace fokus::records
