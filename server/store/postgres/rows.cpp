// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/rows.hpp"

#include <charconv>
#include <deque>

#include "store/postgres/parameters.hpp"

namespace fokus::store::postgres {
namespace {

bool parse_whole(std::string_view text, std::int64_t& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

double parse_real(std::string_view text) {
  double out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

class PostgresRows final : public Rows {
 public:
  explicit PostgresRows(ResultPtr result)
      : result_(std::move(result)), count_(PQntuples(result_.get())) {}

  bool next() override {
    decoded_.clear();
    if (at_ + 1 >= count_) return false;
    ++at_;
    return true;
  }
  int column_count() const override { return PQnfields(result_.get()); }
  bool is_null(int column) const override { return PQgetisnull(result_.get(), at_, column) == 1; }
  std::int64_t integer(int column) const override {
    const std::string_view text = raw(column);
    std::int64_t whole = 0;
    if (parse_whole(text, whole)) return whole;
    if (type(column) == oid_bool) return text == "t" ? 1 : 0;
    return static_cast<std::int64_t>(parse_real(text));
  }
  double real(int column) const override {
    return type(column) == oid_bool ? static_cast<double>(integer(column))
                                    : parse_real(raw(column));
  }
  std::string_view text(int column) const override {
    if (type(column) == oid_bool && !is_null(column)) return integer(column) != 0 ? "1" : "0";
    return type(column) == oid_bytea ? decode(raw(column)) : raw(column);
  }
  Value value(int column) const override;

 private:
  Oid type(int column) const { return PQftype(result_.get(), column); }
  std::string_view raw(int column) const {
    return {PQgetvalue(result_.get(), at_, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), at_, column))};
  }
  std::string_view decode(std::string_view text) const;

  ResultPtr result_;
  int count_;
  int at_ = -1;
  mutable std::deque<std::string> decoded_;  // bytes of this row; views into it stay valid
};

Value PostgresRows::value(int column) const {
  if (is_null(column)) return {};
  switch (type(column)) {
    case oid_bool:
    case oid_int2:
    case oid_int4:
    case oid_int8:
    case oid_oid:
      return integer(column);
    case oid_float4:
    case oid_float8:
      return real(column);
    case oid_numeric: {  // the sum of whole numbers comes as one
      std::int64_t whole = 0;
      if (parse_whole(raw(column), whole)) return whole;
      return real(column);
    }
    default:
      return std::string(text(column));
  }
}

std::string_view PostgresRows::decode(std::string_view text) const {
  std::size_t size = 0;
  unsigned char* bytes =
      PQunescapeBytea(reinterpret_cast<const unsigned char*>(text.data()), &size);
  if (bytes == nullptr) throw std::bad_alloc();
  decoded_.emplace_back(reinterpret_cast<const char*>(bytes), size);
  PQfreemem(bytes);
  return decoded_.back();
}

}  // namespace

std::unique_ptr<Rows> make_rows(ResultPtr result) {
  return std::make_unique<PostgresRows>(std::move(result));
}

}  // namespace fokus::store::postgres
