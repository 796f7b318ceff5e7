// SPDX-License-Identifier: Apache-2.0
// Whatever a provider answers: an entry has a number, values are clean UTF-8 within the limits
// without control characters, and a page of changes names numbers and a short cursor.
#include "base/check.hpp"
#include "base/text.hpp"
#include "features/registers/answer.hpp"

using namespace fokus::registers;

namespace {

const Provider& provider() {
  static const Provider made = *parse_provider(R"({"name":"p","title":"P","licence":"L",
    "licence_text":"T","fields":{"number":{"from":["n","a.-1.n","b.?t=1&e=.n"],
    "transform":"alphanumeric"},"name":[{"from":"name"},{"from":["x","y"],"join":" "}],
    "street":{"from":"s","transform":"one_line"},"founded":{"from":"d","transform":["date_dmy"]},
    "status":{"constant":"bankrupt","when":{"b.?t=K.t":"K"}}},
    "online":{"base_url":"https://p.example","sends":{"en":"A number"},"may_lack_name":true,
    "lookup":{"path":"/{number}"},"search":{"path":"/?q={q}","items":"hits.hits"},
    "feed":{"begin":{"path":"/f?since={since}","items":"i"},
    "next":{"path":"/f?after={cursor}","items":"i"},"number":"n","cursor":"c"}}})");
  return made;
}

void check_entries(const Online& online, const Ask& ask, std::string_view text) {
  const auto entries = read_answer(online, ask, text, 50);
  if (!entries) return;
  CHECK(entries->size() <= 50);
  for (const auto& entry : *entries) {
    CHECK(!entry[Field::number].empty());
    for (const auto& value : entry.values) {
      CHECK(value.size() <= limits::value_bytes_max);
      CHECK(fokus::is_clean_utf8(value));
      CHECK(value.empty() || fokus::flaw_of_name(value).empty());
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view raw(reinterpret_cast<const char*>(bytes), size);
  const std::string_view media = size % 2 ? "application/json" : "text/json; charset=ISO-8859-1";
  const auto text = decode_answer(std::string(raw), media);
  if (!text) return 0;
  CHECK(fokus::is_clean_utf8(*text));
  const Online& online = provider().online;
  check_entries(online, online.lookup, *text);
  check_entries(online, online.search, *text);
  if (const auto entry = read_entry(online, online.lookup, *text, "1"))
    CHECK((*entry)[Field::number] == "1");
  if (const auto page = read_feed_page(online.feed, online.feed.next, *text)) {
    CHECK(page->numbers.size() <= page->items);
    for (const auto& number : page->numbers)
      CHECK(!number.empty() && number.size() <= limits::number_bytes_max);
    Question question;
    question.cursor = page->cursor;
    for (const char c : fill_path(online, online.feed.next.path, question))
      CHECK(c > ' ' && c < '\x7f');
  }
  return 0;
}
