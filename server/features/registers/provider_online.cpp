// SPDX-License-Identifier: Apache-2.0
// How a definition says that its provider is asked over the network.
#include <algorithm>

#include "base/text.hpp"
#include "features/registers/definition.hpp"

namespace fokus::registers {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 5> sign_in_names = {"none", "key", "bearer", "basic",
                                                           "oauth2"};

Result<Words> words_of(const json::object& object, std::string_view key, const std::string& path) {
  Words out;
  const auto* value = object.if_contains(key);
  if (!value || !value->is_object()) return bad_definition(path, "required");
  for (const auto& [language, text] : value->get_object()) {
    if (!text.is_string()) return bad_definition(path, "wrong_kind");
    out[std::string(language)] = std::string(text.get_string());
  }
  if (!out.contains("en")) return bad_definition(path, "required");
  return out;
}

class OnlineReader {
 public:
  explicit OnlineReader(const json::object& root) : root_(root) {}

  Result<Online> read(const Mapping& otherwise) {
    for (const auto& [key, value] : root_)
      if (!is_known(key)) return bad_definition("online." + std::string(key), "unknown_member");
    out_.base_url = TRY(text_member(root_, "base_url", true));
    out_.sends = TRY(words_of(root_, "sends", "online.sends"));
    if (root_.contains("data_class")) out_.data_class = TRY(text_member(root_, "data_class", true));
    out_.number_shape = TRY(text_member(root_, "number_shape", false));
    out_.hosts = TRY(text_members(root_, "hosts", "online"));
    out_.url_may_change = TRY(yes_or_no("url_may_change"));
    out_.may_lack_name = TRY(yes_or_no("may_lack_name"));
    TRY(read_pace());
    TRY(read_headers());
    TRY(read_sign_in());
    out_.lookup = TRY(ask_of(root_, "lookup"));
    if (!out_.lookup.is_there()) return bad_definition("online.lookup", "required");
    out_.search = TRY(ask_of(root_, "search"));
    TRY(read_feed());
    const auto* fields = root_.if_contains("fields");
    if (fields && !fields->is_object()) return bad_definition("online.fields", "wrong_kind");
    out_.mapping = fields ? TRY(parse_mapping(fields->get_object(), "online.fields")) : otherwise;
    return std::move(out_);
  }

 private:
  static bool is_known(std::string_view key) {
    constexpr std::array<std::string_view, 14> known = {
        "base_url",      "url_may_change", "sends",  "data_class",      "sign_in",
        "hosts",         "headers",        "fields", "lookup",          "number_shape",
        "may_lack_name", "search",         "feed",   "calls_per_second"};
    return std::find(known.begin(), known.end(), key) != known.end();
  }

  Result<bool> yes_or_no(std::string_view key) const {
    const auto* value = root_.if_contains(key);
    if (!value) return false;
    if (!value->is_bool()) return bad_definition("online." + std::string(key), "wrong_kind");
    return value->get_bool();
  }

  Status read_pace() {
    const auto* pace = root_.if_contains("calls_per_second");
    if (!pace) return {};
    if (!pace->is_number()) return bad_definition("online.calls_per_second", "wrong_kind");
    out_.calls_per_second = pace->to_number<double>();
    if (out_.calls_per_second <= 0) return bad_definition("online.calls_per_second", "wrong_kind");
    return {};
  }

  Status read_headers() {
    const auto* headers = root_.if_contains("headers");
    if (!headers) return {};
    if (!headers->is_object()) return bad_definition("online.headers", "wrong_kind");
    for (const auto& [name, value] : headers->get_object()) {
      if (!value.is_string()) return bad_definition("online.headers", "wrong_kind");
      out_.headers.emplace_back(name, value.get_string());
    }
    return {};
  }

  // {"path", "body": object, "items", "absent": {path: text}}
  static Result<Ask> ask_of(const json::object& object, std::string_view key) {
    Ask out;
    const auto* value = object.if_contains(key);
    if (!value) return out;
    const std::string path = "online." + std::string(key);
    if (!value->is_object()) return bad_definition(path, "wrong_kind");
    const auto& ask = value->get_object();
    out.path = TRY(text_member(ask, "path", true));
    if (!out.path.starts_with('/')) return bad_definition(path + ".path", "wrong_kind");
    out.items = TRY(text_member(ask, "items", false));
    if (const auto* absent = ask.if_contains("absent")) {
      if (!absent->is_object() || absent->get_object().size() != 1)
        return bad_definition(path + ".absent", "wrong_kind");
      out.absent_path = std::string(absent->get_object().begin()->key());
      out.absent_text = TRY(text_member(absent->get_object(), out.absent_path, true));
    }
    const auto* body = ask.if_contains("body");
    if (!body) return out;
    if (!body->is_object()) return bad_definition(path + ".body", "wrong_kind");
    out.body = json::serialize(*body);
    return out;
  }

  // {"kind", "header", "token_url", "user", "password": {"name", "label"}}
  Status read_sign_in() {
    const auto* value = root_.if_contains("sign_in");
    if (!value) return {};
    if (!value->is_object()) return bad_definition("online.sign_in", "wrong_kind");
    const auto& sign_in = value->get_object();
    const auto kind = TRY(text_member(sign_in, "kind", true));
    const auto found = std::find(sign_in_names.begin(), sign_in_names.end(), kind);
    if (found == sign_in_names.end()) return bad_definition("online.sign_in.kind", "unknown_kind");
    out_.sign_in = static_cast<SignIn>(found - sign_in_names.begin());
    out_.key_header = TRY(text_member(sign_in, "header", false));
    out_.token_url = TRY(text_member(sign_in, "token_url", false));
    out_.user = TRY(read_field(sign_in, "user", false));
    out_.password = TRY(read_field(sign_in, "password", true));
    return check_sign_in();
  }

  Status check_sign_in() const {
    const bool has_user = !out_.user.empty(), has_password = !out_.password.empty();
    if (out_.sign_in == SignIn::none) return {};
    if (!has_password && !has_user) return bad_definition("online.sign_in", "required");
    if (out_.sign_in == SignIn::key && out_.key_header.empty())
      return bad_definition("online.sign_in.header", "required");
    if (out_.sign_in == SignIn::oauth2 && (out_.token_url.empty() || !has_user || !has_password))
      return bad_definition("online.sign_in", "required");
    return {};
  }

  // The name of the setting; empty when the definition has none.
  Result<std::string> read_field(const json::object& sign_in, std::string_view key,
                                 bool is_secret) {
    const auto* value = sign_in.if_contains(key);
    if (!value) return std::string();
    const std::string path = "online.sign_in." + std::string(key);
    if (!value->is_object()) return bad_definition(path, "wrong_kind");
    OnlineField field;
    field.name = TRY(text_member(value->get_object(), "name", true));
    if (!is_identifier(field.name)) return bad_definition(path, "not_an_identifier");
    field.label = TRY(words_of(value->get_object(), "label", path + ".label"));
    // A key that stands in the place of a user's name is as secret as a password.
    field.is_secret = is_secret || !sign_in.contains("password");
    out_.fields.push_back(field);
    return field.name;
  }

  Status read_feed() {
    const auto* value = root_.if_contains("feed");
    if (!value) return {};
    if (!value->is_object()) return bad_definition("online.feed", "wrong_kind");
    const auto& feed = value->get_object();
    out_.feed.begin = TRY(ask_of(feed, "begin"));
    out_.feed.next = TRY(ask_of(feed, "next"));
    out_.feed.number = TRY(text_member(feed, "number", true));
    out_.feed.cursor = TRY(text_member(feed, "cursor", true));
    if (!out_.feed.begin.is_there() || !out_.feed.next.is_there())
      return bad_definition("online.feed", "required");
    return {};
  }

  const json::object& root_;
  Online out_;
};

}  // namespace

std::string_view sign_in_name(SignIn kind) {
  return sign_in_names[static_cast<std::size_t>(kind)];
}

Result<Online> parse_online(const json::object& object, const Mapping& otherwise) {
  return OnlineReader(object).read(otherwise);
}

}  // namespace fokus::registers
