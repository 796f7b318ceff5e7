// SPDX-License-Identifier: Apache-2.0
#include "records/agreement.hpp"

#include <fmt/format.h>

#include <limits>

#include "records/criteria.hpp"

namespace fokus::records {
namespace {

// What a row says of itself beside what its newest entry says.
struct Sides {
  std::int64_t id, version;
  Instant updated_at;
  std::string hash;
  bool is_told;
  std::int64_t told_version;
  std::string told_hash;
};

// One statement sees one moment, so that a save between two looks is no disagreement.
std::vector<Sides> read_sides(store::Session& session, const RecordType& type, std::int64_t below,
                              std::int64_t limit) {
  const auto newest = [](const char* column) {
    return std::string("(SELECT h.") + column +
           " FROM history h WHERE h.record_type = $1 AND h.record_id = t.id"
           " ORDER BY h.id DESC LIMIT 1)";
  };
  std::vector<Sides> out;
  auto rows =
      session.query(std::string("SELECT t.id, t.version, t.updated_at, t.") + history_hash_column +
                        ", " + newest("version") + ", " + newest("hash") + " FROM " + type.table +
                        " t WHERE t.id < $2 ORDER BY t.id DESC LIMIT $3",
                    {type.name, below, limit});
  while (rows->next())
    out.push_back({rows->integer(0), rows->integer(1), Instant{rows->integer(2)},
                   std::string(rows->text(3)), !rows->is_null(4), rows->integer(4),
                   std::string(rows->text(5))});
  return out;
}

// Empty when both sides agree.
std::string disagreement(store::Session& session, const Sides& row,
                         const ChangedAside& changed_aside) {
  if (!row.is_told) return "has no history";
  if (row.hash != row.told_hash) return "its newest history entry is not the one it names";
  if (row.version == row.told_version) return {};
  const bool is_ahead = row.version > row.told_version;
  if (is_ahead && changed_aside && changed_aside(session, row.updated_at)) return {};
  return fmt::format("its version is {}, that of its newest history entry {}", row.version,
                     row.told_version);
}

void compare_rows(store::Database& database, const RecordType& type, Reach reach,
                  const ChangedAside& changed_aside, std::vector<std::string>& out) {
  const std::int64_t step =
      reach == Reach::newest ? limits::agreement_newest : limits::agreement_step;
  std::int64_t below = std::numeric_limits<std::int64_t>::max();
  std::size_t read = 0;
  do {
    database.read([&](store::Session& session) {
      const auto rows = read_sides(session, type, below, step);
      read = rows.size();
      for (const auto& row : rows) {
        below = row.id;
        const auto what = disagreement(session, row, changed_aside);
        if (what.empty()) continue;
        if (is_full(out)) return;
        out.push_back(fmt::format("{} {}: {}", type.name, row.id, what));
      }
    });
  } while (reach == Reach::all && read == static_cast<std::size_t>(step) &&
           out.size() <= limits::disagreements_max);
}

// Rows that lead to a record: where they are, the number of each, and the number it leads to.
struct Leading {
  std::string rows, id, target;
};

// `sql` begins empty or holds what `leading.rows` has bound. Tells both numbers of what leads to a
// row that `table` has not.
template <class Tell>
void look_for_missing(store::Database& database, const std::string& table, const Leading& leading,
                      SqlText sql, Tell tell) {
  sql.text = "SELECT " + leading.id + ", " + leading.target + " FROM " + leading.rows + " AND " +
             leading.target + " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM " + table +
             " there WHERE there.id = " + leading.target + ") ORDER BY 1 LIMIT ";
  sql.text += sql.bind(static_cast<std::int64_t>(limits::disagreements_max) + 1);
  database.read([&](store::Session& session) {
    const auto params = sql.params();
    auto rows = session.query(sql.text, store::Params(params));
    while (rows->next()) tell(rows->integer(0), rows->integer(1));
  });
}

// A destroyed entry has no payload: it is what a final removal leaves.
void find_entries_without_row(store::Database& database, const RecordType& type,
                              std::vector<std::string>& out) {
  database.read([&](store::Session& session) {
    auto rows = session.query(
        "SELECT DISTINCT h.record_id FROM history h WHERE h.record_type = $1 AND NOT EXISTS "
        "(SELECT 1 FROM " +
            type.table +
            " t WHERE t.id = h.record_id) AND EXISTS (SELECT 1 FROM history p WHERE "
            "p.record_type = $1 AND p.record_id = h.record_id AND p.payload IS NOT NULL) "
            "ORDER BY 1 LIMIT $2",
        {type.name, static_cast<std::int64_t>(limits::disagreements_max) + 1});
    while (rows->next() && !is_full(out))
      out.push_back(
          fmt::format("{} {}: has a history and is not there", type.name, rows->integer(0)));
  });
}

}  // namespace

bool is_full(std::vector<std::string>& findings) {
  if (findings.size() < limits::disagreements_max) return false;
  if (findings.size() == limits::disagreements_max)
    findings.push_back(fmt::format("more than the first {} are not listed", findings.size()));
  return true;
}

std::vector<std::string> compare_with_history(store::Database& database, const RecordType& type,
                                              Reach reach, const ChangedAside& changed_aside) {
  std::vector<std::string> out;
  compare_rows(database, type, reach, changed_aside, out);
  if (reach == Reach::newest) return out;
  std::vector<std::string> lost;
  find_entries_without_row(database, type, lost);
  out.insert(out.end(), lost.begin(), lost.end());
  return out;
}

namespace {

// Fields that an administrator took away keep their links, and a removal empties them as well.
void find_loose_fields(store::Database& database, const Dictionary& dictionary,
                       const RecordType& type, std::vector<std::string>& out) {
  for (const auto& field : type.fields) {
    if (field.kind != FieldKind::link) continue;
    const RecordType* target = dictionary.find(field.target);
    if (!target) continue;
    const Leading leading{type.table + " t WHERE 1=1", "t.id", "t." + columns_of(field)[0].name};
    look_for_missing(database, target->table, leading, {},
                     [&](std::int64_t id, std::int64_t missing) {
                       if (is_full(out)) return;
                       out.push_back(fmt::format("{} {}: {} leads to {} {}, which is not there",
                                                 type.name, id, field.name, target->name, missing));
                     });
  }
}

// Rows beside the records that name one by type and number.
struct Pointers {
  const char *what, *table, *id, *type, *target;
};
constexpr Pointers pointers[] = {
    {"relation", "relations", "id", "from_type", "from_id"},
    {"relation", "relations", "id", "to_type", "to_id"},
    {"contact point", "contact_points", "id", "record_type", "record_id"},
    {"merged record", "merged_records", "record_id", "record_type", "record_id"},
    {"merged record", "merged_records", "record_id", "record_type", "kept"}};

}  // namespace

std::vector<std::string> find_loose_links(store::Database& database, const Dictionary& dictionary,
                                          const RecordType& type) {
  std::vector<std::string> out;
  find_loose_fields(database, dictionary, type, out);
  for (const auto& one : pointers) {
    SqlText sql;
    const std::string rows =
        std::string(one.table) + " p WHERE p." + one.type + " = " + sql.bind(type.name);
    const Leading leading{rows, std::string("p.") + one.id, std::string("p.") + one.target};
    look_for_missing(database, type.table, leading, std::move(sql),
                     [&](std::int64_t id, std::int64_t missing) {
                       if (is_full(out)) return;
                       out.push_back(fmt::format("{} {}: {} {} leads to it, and it is not there",
                                                 type.name, missing, one.what, id));
                     });
  }
  return out;
}

}  // namespace fokus::records
