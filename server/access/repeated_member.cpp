// SPDX-License-Identifier: Apache-2.0
#include "access/repeated_member.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <set>
#include <vector>

namespace fokus::access {
namespace {

namespace json = boost::json;
using Code = boost::system::error_code;
using Text = json::string_view;

// What the parser tells of: a value of its own is not built.
struct Members {
  static constexpr std::size_t max_object_size = std::size_t(-1), max_array_size = max_object_size,
                               max_key_size = max_object_size, max_string_size = max_object_size;

  std::vector<std::set<std::string, std::less<>>> open;  // the names so far of each open object
  std::string part;
  std::optional<std::string> repeated;

  bool on_object_begin(Code&) { return open.emplace_back(), true; }
  bool on_object_end(std::size_t, Code&) { return open.pop_back(), true; }
  bool on_key_part(Text text, std::size_t, Code&) { return part.append(text), true; }
  bool on_key(Text text, std::size_t, Code& code) {
    part.append(text);
    if (open.back().insert(part).second) return part.clear(), true;
    repeated = std::move(part);
    code = json::error::extra_data;  // any will do: it ends the parse
    return false;
  }

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_array_begin(Code&) { return true; }
  bool on_array_end(std::size_t, Code&) { return true; }
  bool on_string_part(Text, std::size_t, Code&) { return true; }
  bool on_string(Text, std::size_t, Code&) { return true; }
  bool on_number_part(Text, Code&) { return true; }
  bool on_int64(std::int64_t, Text, Code&) { return true; }
  bool on_uint64(std::uint64_t, Text, Code&) { return true; }
  bool on_double(double, Text, Code&) { return true; }
  bool on_bool(bool, Code&) { return true; }
  bool on_null(Code&) { return true; }
  bool on_comment_part(Text, Code&) { return true; }
  bool on_comment(Text, Code&) { return true; }
};

}  // namespace

std::optional<std::string> find_repeated_member(std::string_view text) {
  json::basic_parser<Members> parser{json::parse_options()};
  Code failed;
  parser.write_some(false, text.data(), text.size(), failed);
  return std::move(parser.handler().repeated);
}

}  // namespace fokus::access
