// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <cmath>
#include <string>

#include "base/text.hpp"
#include "base/time.hpp"
#include "records/criteria_tree.hpp"

namespace fokus::records {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_word_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_word_byte(char c) {
  return is_word_start(c) || is_digit(c);
}

Error syntax_error(std::size_t at, std::string_view expected) {
  Error error = make_error(ErrorKind::malformed, "criteria/syntax");
  error.params = {{"at", std::to_string(at)}, {"expected", std::string(expected)}};
  return error;
}

// or := and ("or" and)*      and := unary ("and" unary)*      unary := "not" unary | primary
// primary := "(" or ")" | "true" | "false" | ("any" | "none") "(" path [":" or] ")" | compare
// compare := (path | origin "(" path ")") ["not"] op terms
// origin := "source" | "source_name" | "batch" | "obtained_at" | "notice"
class FilterParser {
 public:
  explicit FilterParser(std::string_view text) : text_(text) {}

  Result<NodePtr> parse() {
    skip_space();
    if (at_end()) return make_group(Node::Kind::all, {});
    NodePtr tree = TRY(parse_or());
    if (!at_end()) return expected("'and', 'or' or the end");
    TRY(check_limits(*tree));
    return tree;
  }

 private:
  // What calls itself passes here, so that hostile text cannot exhaust the stack.
  class Nesting {
   public:
    explicit Nesting(int& depth) : depth_(++depth) {}
    ~Nesting() { --depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
    bool too_deep() const { return depth_ > limits::criteria_depth_max; }

   private:
    int& depth_;
  };

  Result<NodePtr> parse_or() {
    std::vector<NodePtr> parts;
    do parts.push_back(TRY(parse_and()));
    while (take_word("or"));
    return make_group(Node::Kind::any, std::move(parts));
  }

  Result<NodePtr> parse_and() {
    std::vector<NodePtr> parts;
    do parts.push_back(TRY(parse_unary()));
    while (take_word("and"));
    return make_group(Node::Kind::all, std::move(parts));
  }

  Result<NodePtr> parse_unary() {
    if (++nodes_ > limits::criteria_nodes_max)
      return too_complex("nodes", limits::criteria_nodes_max);
    const Nesting nesting(depth_);
    if (take_word("not")) {
      if (nesting.too_deep()) return too_complex("depth", limits::criteria_depth_max);
      return make_negation(TRY(parse_unary()));
    }
    if (take('(')) {
      if (nesting.too_deep()) return too_complex("depth", limits::criteria_depth_max);
      NodePtr inner = TRY(parse_or());
      if (!take(')')) return expected("')'");
      return inner;
    }
    if (take_word("true")) return make_group(Node::Kind::all, {});
    if (take_word("false")) return make_group(Node::Kind::any, {});
    return parse_primary(nesting);
  }

  Result<NodePtr> parse_primary(const Nesting& nesting) {
    const std::size_t start = at_;
    const std::string path = read_path();
    if (path.empty()) return expected("a condition");
    if (peek() == '(' && (path == "any" || path == "none")) {
      if (nesting.too_deep()) return too_complex("depth", limits::criteria_depth_max);
      take('(');
      return parse_related(path == "none");
    }
    if (peek() == '(' && path == "in_selection") return parse_selection({});
    constexpr std::string_view behind = ".in_selection";
    if (peek() == '(' && path.ends_with(behind)) {
      std::string link = path.substr(0, path.size() - behind.size());
      if (!is_path(path)) return syntax_error(start, "a field");
      return parse_selection(std::move(link));
    }
    if (peek() == '(' && is_origin_word(path)) return parse_origin(path);
    if (!is_path(path)) return syntax_error(start, "a field");
    return parse_compare(path);
  }

  // source(company.address) eq 'import'
  Result<NodePtr> parse_origin(const std::string& word) {
    take('(');
    const std::size_t start = at_;
    const std::string inner = read_path();
    if (!is_path(inner)) return syntax_error(start, "a field");
    if (!take(')')) return expected("')'");
    return parse_compare(word + "(" + inner + ")");
  }

  Result<NodePtr> parse_selection(std::string link) {
    take('(');
    const std::size_t start = at_;
    auto node = std::make_unique<Node>();
    node->kind = Node::Kind::selection;
    node->path = std::move(link);
    node->terms.push_back(TRY(parse_term()));
    const auto* id = std::get_if<std::int64_t>(&node->terms.front().content);
    if (!id || *id <= 0) return syntax_error(start, "the number of a selection");
    if (!take(')')) return expected("')'");
    return node;
  }

  Result<NodePtr> parse_related(bool none) {
    const std::size_t start = at_;
    auto node = std::make_unique<Node>();
    node->kind = Node::Kind::related;
    node->path = read_path();
    if (!is_path(node->path)) return syntax_error(start, "the name of a list");
    if (take(':')) node->children.push_back(TRY(parse_or()));
    if (!take(')')) return expected(node->children.empty() ? "':' or ')'" : "')'");
    return none ? make_negation(std::move(node)) : std::move(node);
  }

  Result<NodePtr> parse_compare(const std::string& path) {
    const bool negated = take_word("not");
    const std::size_t start = at_;
    const auto op = parse_op(read_op_word());
    if (!op) return syntax_error(start, "an operator");
    auto node = std::make_unique<Node>();
    node->kind = Node::Kind::compare;
    node->path = path;
    node->op = *op;
    TRY(parse_terms(*node));
    return negated ? make_negation(std::move(node)) : std::move(node);
  }

  Status parse_terms(Node& node) {
    const Arity arity = arity_of(node.op);
    if (arity == Arity::none) return {};
    if (arity == Arity::many && take('(')) return parse_term_list(node);
    node.terms.push_back(TRY(parse_term()));
    if (arity != Arity::two) return {};
    if (!take_word("and")) return expected("'and'");
    node.terms.push_back(TRY(parse_term()));
    return {};
  }

  Status parse_term_list(Node& node) {
    do {
      terms_ += 1;
      if (terms_ > limits::criteria_terms_max)
        return too_complex("terms", limits::criteria_terms_max);
      node.terms.push_back(TRY(parse_term()));
    } while (take(','));
    if (!take(')')) return expected("',' or ')'");
    return {};
  }

  Result<Term> parse_term() {
    if (peek() == '\'') return parse_quoted();
    if (is_digit(peek()) || peek() == '-') return parse_number();
    const std::size_t start = at_;
    const std::string word = read_word();
    if (word == "true" || word == "false") return Term{word == "true"};
    if (word == "null") return Term{};
    if (is_plain_symbol(word)) return Term{Symbol{word, 0, {}}};
    if (is_period_symbol(word)) return parse_period(word);
    return syntax_error(start, "a value");
  }

  Result<Term> parse_quoted() {
    const std::size_t start = at_++;
    std::string content;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] != '\'') {
        content += text_[at_];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '\'') {
        content += text_[at_++];
      } else {
        ++at_;
        skip_space();
        return Term{std::move(content)};
      }
    }
    return syntax_error(start, "a closing quote");
  }

  // Numbers, dates (2026-01-01) and instants (2026-01-01T10:00:00Z) need no quotes.
  Result<Term> parse_number() {
    const std::size_t start = at_;
    while (at_ < text_.size() && (is_word_byte(text_[at_]) || text_[at_] == '-' ||
                                  text_[at_] == '+' || text_[at_] == ':' || text_[at_] == '.'))
      ++at_;
    const std::string_view token = text_.substr(start, at_ - start);
    skip_space();
    if (parse_date(token) || (token.find('T') != token.npos && parse_instant(token)))
      return Term{std::string(token)};
    const char* const end = token.data() + token.size();
    std::int64_t whole = 0;
    if (const auto [rest, fault] = std::from_chars(token.data(), end, whole);
        fault == std::errc() && rest == end)
      return Term{whole};
    double real = 0;
    if (const auto [rest, fault] = std::from_chars(token.data(), end, real);
        fault == std::errc() && rest == end && std::isfinite(real))
      return Term{real};
    return syntax_error(start, "a number or a date");
  }

  // last(30 days)
  Result<Term> parse_period(std::string name) {
    if (!take('(')) return expected("'('");
    const std::size_t start = at_;
    Symbol symbol{std::move(name), 0, {}};
    const auto [rest, fault] =
        std::from_chars(text_.data() + at_, text_.data() + text_.size(), symbol.amount);
    if (fault != std::errc() || symbol.amount < 1 ||
        symbol.amount > limits::criteria_period_amount_max)
      return syntax_error(start, "a number");
    at_ = static_cast<std::size_t>(rest - text_.data());
    skip_space();
    const std::size_t word_start = at_;
    const auto unit = parse_unit(read_word());
    if (!unit) return syntax_error(word_start, "hours, days, weeks, months, quarters or years");
    symbol.unit = *unit;
    if (!take(')')) return expected("')'");
    return Term{std::move(symbol)};
  }

  std::string read_word() {
    const std::size_t start = at_;
    if (at_ < text_.size() && is_word_start(text_[at_]))
      while (at_ < text_.size() && is_word_byte(text_[at_])) ++at_;
    std::string word(text_.substr(start, at_ - start));
    skip_space();
    return word;
  }

  // "has any" and "has all" are has_any and has_all.
  std::string read_op_word() {
    std::string word = read_word();
    if (word != "has") return word;
    if (take_word("any")) return "has_any";
    return take_word("all") ? "has_all" : word;
  }

  std::string read_path() {
    const std::size_t start = at_;
    if (at_ < text_.size() && is_word_start(text_[at_]))
      while (at_ < text_.size() && (is_word_byte(text_[at_]) || text_[at_] == '.')) ++at_;
    std::string path(text_.substr(start, at_ - start));
    skip_space();
    return path;
  }

  bool take_word(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    const std::size_t end = at_ + word.size();
    if (end < text_.size() && (is_word_byte(text_[end]) || text_[end] == '.')) return false;
    at_ = end;
    skip_space();
    return true;
  }

  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    skip_space();
    return true;
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool at_end() const { return at_ >= text_.size(); }
  Error expected(std::string_view what) const { return syntax_error(at_, what); }
  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0, nodes_ = 0, terms_ = 0;
};

}  // namespace

Result<NodePtr> parse_filter(std::string_view text) {
  if (text.size() > limits::filter_bytes_max) return too_complex("bytes", limits::filter_bytes_max);
  if (!is_clean_utf8(text)) return syntax_error(0, "UTF-8 text");
  return FilterParser(text).parse();
}

Result<std::vector<SortKey>> parse_sort(std::string_view text) {
  constexpr std::size_t keys_max = 8;
  std::vector<SortKey> keys;
  if (trim(text).empty()) return keys;
  for (const auto part : split(text, ',')) {
    std::string_view path = trim(part);
    const bool descending = path.starts_with('-');
    if (descending) path.remove_prefix(1);
    const auto at = static_cast<std::size_t>(part.data() - text.data());
    if (!is_path(path)) return syntax_error(at, "a field");
    for (const auto& key : keys)
      if (key.path == path) return syntax_error(at, "another field");
    keys.push_back({std::string(path), descending});
    if (keys.size() > keys_max) return too_complex("sort_keys", keys_max);
  }
  return keys;
}

}  // namespace fokus::records
