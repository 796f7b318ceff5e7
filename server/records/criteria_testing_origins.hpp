// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <random>

#include "records/criteria_evaluate.hpp"

// Where the values of the invented world of criteria_testing.hpp came from.
namespace fokus::records::testing {

constexpr int companies = 40, persons = 60;

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}
  int below(int n) { return static_cast<int>(engine_() % static_cast<unsigned>(n)); }
  bool one_in(int n) { return below(n) == 0; }
  template <class T>
  const T& pick(const std::vector<T>& all) {
    return all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
  }

 private:
  std::mt19937_64 engine_;
};

inline std::vector<std::string> sample_dates() {
  return {"2026-11-23", "2026-11-22", "2026-10-01", "2026-12-31", "2025-11-23",
          "2026-11-30", "0001-01-01", "9999-12-31", "2026-03-29", "2024-02-29"};
}

// Each field of a record has one origin at most; some come without a source, some without a batch.
inline void sample_origins(Chance& chance, MemoryRows& rows) {
  const std::vector<std::string> kinds{"import", "register", "form"},
      names{"Messe 2019", "Åse's list", "CVR", ""}, days{"2019-05-01", "2026-10-01", ""};
  for (std::int64_t id = 1; id <= 6; ++id)
    rows.sources[id] = {{"id", id},
                        {"kind", chance.pick(kinds)},
                        {"name", chance.pick(names)},
                        {"obtained_at", chance.pick(days)}};
  const std::vector<std::string> states{"open", "informed"};
  for (const auto& [type, count] : {std::pair("company", companies), std::pair("person", persons)})
    for (std::int64_t id = 1; id <= count; ++id) {
      for (const char* field : {"name", "address", "vat", "phone", "contact_points"})
        if (chance.one_in(2))
          rows.origins.push_back({{"record_type", std::string(type)},
                                  {"record_id", id},
                                  {"field", std::string(field)},
                                  {"source", std::int64_t{chance.below(7)}},
                                  {"batch", std::int64_t{chance.below(4)}}});
      if (chance.one_in(3))
        rows.notices.push_back({{"record_type", std::string(type)},
                                {"record_id", id},
                                {"state", chance.pick(states)},
                                {"since", chance.pick(sample_dates())},
                                {"due_on", chance.pick(sample_dates())}});
    }
}

// What a comparison says of where a value came from, one time in eight; else nothing.
inline std::string origin_path(Chance& chance, const RecordType& type) {
  const std::vector<std::string> about{"source", "source_name", "batch", "obtained_at"},
      parts{"state", "since", "due_on"}, of_person{"name", "phone", "contact_points"},
      of_company{"name", "address", "vat", "address.city"};
  const bool person = type.name == "person", sale = type.name == "sale";
  if (!chance.one_in(8) || (!person && !sale && type.name != "company")) return {};
  const bool linked = sale || (person && chance.one_in(4));
  if (person && !linked && chance.one_in(3)) return "notice(" + chance.pick(parts) + ")";
  const auto& fields = person && !linked ? of_person : of_company;
  return chance.pick(about) + "(" + (linked ? "company." : "") + chance.pick(fields) + ")";
}

}  // namespace fokus::records::testing
