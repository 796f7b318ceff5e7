// SPDX-License-Identifier: Apache-2.0
// Whatever the bytes: rows end and are numbered upwards, an entry has a number and a name in clean
// UTF-8 within the limits, and a reader that starts again in the middle reads the same.
#include "base/check.hpp"
#include "base/text.hpp"
#include "features/registers/mapping.hpp"
#include "features/registers/row_reader.hpp"

using namespace fokus::registers;

namespace {

class Bytes : public Unpacked {
 public:
  explicit Bytes(std::string_view text) : text_(text) {}
  std::size_t read(char* to, std::size_t count) override {
    const std::size_t n = text_.copy(to, count, at_);
    at_ += n;
    return n;
  }
  bool seek(std::int64_t offset) override {
    at_ = std::min(static_cast<std::size_t>(offset), text_.size());
    return true;
  }
  bool is_damaged() const override { return false; }
  int progress() const override { return 0; }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

const Provider& provider() {
  static const Provider made = *parse_provider(R"({"name":"p","title":"P","licence":"L",
    "licence_text":"T","fields":{"number":{"from":["n","a.-1.n"],"transform":"alphanumeric"},
    "name":[{"from":"name"},{"from":["x","y"],"join":" "}],
    "founded":{"from":"d","transform":["date_dmy"]},
    "status":{"from":"s","transform":["lower","code"],"map":{"a":"active","*":"inactive"}}}})");
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  Bytes source(text);
  const auto reader = RowReader::open(provider(), source);
  if (!reader) return 0;
  SourceRow row, again;
  std::int64_t last = 0;
  Position before = (*reader)->position();
  for (int i = 0; i < 100 && (*reader)->next(row); ++i) {
    CHECK(row.row > last);
    last = row.row;
    Bytes other(text);
    const auto resumed = RowReader::open(provider(), other, before);
    // At 0 a reader of CSV reads the header again.
    if (before.offset > 0) {
      CHECK(resumed.ok() && (*resumed)->next(again));
      CHECK(again.row == row.row && again.problem == row.problem);
    }
    before = (*reader)->position();
    if (!row.problem.empty()) continue;
    const auto mapped = map_row(provider(), row.cells);
    for (const auto& value : mapped.entry.values) {
      CHECK(value.size() <= limits::value_bytes_max);
      CHECK(fokus::is_clean_utf8(value));
    }
    if (!mapped.problem.empty()) continue;
    CHECK(!mapped.entry[Field::number].empty() && !mapped.entry[Field::name].empty());
  }
  return 0;
}
