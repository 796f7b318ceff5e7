// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "access/body_shape.hpp"
#include "base/result.hpp"
#include "net/call.hpp"

namespace fokus::access {

// What a route takes and answers, in short notations that stand beside its handler.
//
//   query    "filter, limit: integer, type!: text, kind: static|dynamic"; "!" means required.
//   Kinds:
//            text (when none is said), boolean, integer, date, instant, words; ids: an integer, and
//            the parameter may be there several times; limit, skip and count are those
//            of lists, whose handlers refuse what is wrong by their own codes.
//   body,    "{name!: text, groups: [id], owner: {id: id, name: text}?, kind: static|dynamic}":
//   answer   members and "!" for required ones, lists in brackets, "?" for what may be null, words
//            joined by "|"; kinds: text, integer, number, boolean, date, instant, id, any, object;
//            "..." among members: further ones, which the handler refuses in its own words;
//            "$name": a schema of the document; "$record", "$changes" and "$page": of the type that
//            the path is about.
struct Terms {
  std::string query = {};
  std::string body = {};        // of a JSON body; empty: the route reads none
  std::string answer = {};      // of a JSON answer; empty: 204, or `media`
  std::string preview = {};     // what 200 answers to a body with "preview": true
  int status = 0;               // of success; 0: 200, or 204 without an answer
  bool versioned = false;       // heeds If-Match: 412 when the version is another
  bool is_conditional = false;  // heeds If-None-Match: 304 when nothing is new
  std::string media = {};       // what it answers instead of JSON: "text/csv"
  std::string upload = {};      // what the body is instead of JSON
  bool only_asks = false;       // a POST that changes nothing: a key that may only read may send it
  bool is_secret = false;       // the answer is not kept for its Idempotency-Key
};

struct QueryParameter {
  std::string name, kind;
  bool required = false;
};

// The line of a route in the OpenAPI document, and its terms. Made of a summary alone it is not
// declared, which a test of app refuses: a route without terms would be one that the document lies
// about.
class Contract {
 public:
  Contract(const char* summary) : summary_(summary) {}
  Contract(std::string summary, Terms terms);

  bool is_declared() const { return is_declared_; }
  const std::string& summary() const { return summary_; }
  int status() const;  // of success
  const Terms& terms() const { return terms_; }
  const std::vector<QueryParameter>& query() const { return query_; }

  // Errors (422): "access/unknown_parameter" with the parameter as field;
  // "access/invalid_parameter" with repeated, not_yes_or_no, not_a_number or unknown;
  // "access/unknown_member" with the member of the body, as a path. A parameter without a value
  // counts as absent. What is required, and what is no JSON, the handler says in its own words.
  Status check(const net::Call& call) const;

 private:
  Status check_body(const net::Call& call) const;

  std::string summary_;
  Terms terms_;
  std::vector<QueryParameter> query_;
  BodyShape body_;
  bool is_declared_ = false;
};

}  // namespace fokus::access
