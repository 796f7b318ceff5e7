// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/files.hpp"
#include "records/api.hpp"
#include "records/file_rules.hpp"

namespace fokus::records {

// A row of `files`, as the API shows it.
struct FileFacts {
  std::int64_t id = 0;
  std::string name, media_type;
  std::int64_t size = 0;
};

// A file that the viewer may read, and where its bytes lie.
struct ReadableFile {
  FileFacts facts;
  std::string sha256, path;
};

// The files of the records: upload, reading, and the sweep of what nobody refers to any more. What
// a save does with the file fields is in file_fields.hpp, as part of the recipe. Thread-safe.
class Files {
 public:
  // `folder` is shared by all nodes and lies outside the database.
  Files(const ApiParts& parts, std::string folder, std::int64_t size_max, Random& random);

  // May the actor have use for a file: write some record that has a field for one? And is there
  // room for `size` more? Errors: "access/forbidden", "files/too_many_waiting". Before the body is
  // read, and again after it.
  Status check_may_upload(const Scope& scope, std::int64_t size) const;

  // Keeps a copy of the file at `path`; it is the uploader's own until a record takes it in, and
  // is forgotten after a day. Errors beside those of check_may_upload() and FileStore:
  // "files/empty".
  Result<FileFacts> receive(const Scope& scope, std::string_view name, const std::string& path);

  // The file of a field of a record, or of its version `number` (0: the current one), within the
  // right to read the record. Errors: "files/not_found", "files/masked", "files/unreadable" when
  // the bytes are not where they belong.
  Result<ReadableFile> find(const Scope& scope, const RecordType& type, RecordId id,
                            const Field& field, std::int64_t number) const;
  // [{number, name, size, type, current, restored_from, at, by}], newest first, below `before`.
  // Errors likewise.
  Status write_versions(const Scope& scope, const RecordType& type, RecordId id, const Field& field,
                        std::int64_t before, JsonWriter& json) const;

  // The body of the scheduled job "file_sweep"; before jobs.start().
  void add_jobs();
  // What the job does, in steps; `stop` is asked between them. Returns how many files went.
  std::int64_t sweep(const std::function<bool()>& stop);

  // What is wrong, in words: rows whose bytes are missing or of another size; with `full`, also
  // bytes with another hash.
  std::vector<std::string> verify(bool full) const;

 private:
  std::int64_t forget_waiting(const std::function<bool()>& stop);
  std::int64_t remove_released(const std::function<bool()>& stop);
  std::int64_t remove_strays(const std::function<bool()>& stop);
  std::string keep(const Scope& scope, const FileFacts& facts, const StoredFile& stored) const;

  ApiParts parts_;
  FileStore store_;
  Random& random_;
};

// /api/v1/files and /api/v1/<type>/{id}/files/<field>
std::vector<access::Route> file_routes(const ApiParts& parts, Files& files);

// The field of that name when it holds files; "files/no_such_field" otherwise.
Result<const Field*> file_field_of(const RecordType& type, std::string_view name);

}  // namespace fokus::records
