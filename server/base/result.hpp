// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <utility>
#include <variant>

#include "base/check.hpp"
#include "base/error.hpp"

namespace fokus {

// A value or the reason why there is none. For everything that can happen to an honest user;
// exceptions are kept for "this call cannot continue" (store::Failure, bad_alloc).
template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return content_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // Precondition of the value questions: ok(). Of error(): !ok(). Checked in every build.
  T& value() & { return check_ok(), std::get<0>(content_); }
  const T& value() const& { return check_ok(), std::get<0>(content_); }
  T&& value() && { return check_ok(), std::get<0>(std::move(content_)); }
  T& operator*() & { return check_ok(), std::get<0>(content_); }
  const T& operator*() const& { return check_ok(), std::get<0>(content_); }
  T&& operator*() && { return check_ok(), std::get<0>(std::move(content_)); }
  T* operator->() { return check_ok(), &std::get<0>(content_); }
  const T* operator->() const { return check_ok(), &std::get<0>(content_); }

  Error& error() & { return std::get<1>(content_); }
  const Error& error() const& { return std::get<1>(content_); }
  Error&& error() && { return std::get<1>(std::move(content_)); }

 private:
  void check_ok() const { CHECK(ok()); }
  std::variant<T, Error> content_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}
  bool ok() const { return !error_; }
  explicit operator bool() const { return ok(); }
  Error& error() & { return *error_; }
  const Error& error() const& { return *error_; }
  Error&& error() && { return std::move(*error_); }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

namespace detail {
template <class T>
T take(Result<T>&& r) {
  return std::move(r).value();
}
inline void take(Result<void>&&) {}
}  // namespace detail

}  // namespace fokus

// The value of a Result, or leave the function with its error:  auto person = TRY(find_person(id));
#define TRY(...)                                                  \
  __extension__({                                                 \
    auto try_result_ = (__VA_ARGS__);                             \
    if (!try_result_.ok()) return std::move(try_result_).error(); \
    ::fokus::detail::take(std::move(try_result_));                \
  })
