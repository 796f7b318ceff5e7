// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "platform/http_out.hpp"
#include "records/dictionary.hpp"

// The one door through which the program talks to other machines. A room declares a connector for
// each of those that it may call; all are off until an administrator switches one on.
namespace fokus::connect {

class Outbound;
struct Occasion;

// A setting of a connector. Secrets are kept encrypted and never shown again.
struct Field {
  std::string name;  // an identifier
  records::Labels label = {};
  bool is_secret = false;
  bool is_required = false;  // it cannot be on without
  // It names whom the connector talks to (a mail server): another value drops the secrets, as
  // another base URL does.
  bool says_where = false;
};

// How a call says who calls; the members name fields of the connector. Said to the host of the base
// URL and to Connector::hosts, not to those that an administrator has listed.
struct Authentication {
  enum class Kind { none, header, bearer, basic, oauth2 };
  Kind kind = Kind::none;
  std::string header = {};               // of header: "X-Api-Key"
  std::string key = {};                  // of header, bearer: the field with the key
  std::string user = {}, password = {};  // of basic; of oauth2: client id and client secret
  std::string token_url = {};  // of oauth2 (client credentials): a path below the base URL, or a
                               // URL of one of `hosts`
  std::string scope = {};      // of oauth2; empty: none
};

// One counterpart. Everything but the name may be shown to an administrator.
struct Connector {
  std::string name;  // letters, digits, '_'; stable: it is in the database and in the egress log
  std::string kind = {};       // the group in the list: "register", "tile", "mail", "check"
  records::Labels title = {};  // by language; "en" must be there
  records::Labels sends =
      {};  // what is sent, in words for an administrator: "The company's number"
  // The most personal thing that leaves, as columns are classified: none, identity, contact, …
  std::string data_class = "none";
  // "https://data.brreg.no/enhetsregisteret/api"; empty: not HTTP, or hosts by the administrator.
  std::string base_url = {};
  bool url_may_change = false;          // an administrator may put another base URL
  bool takes_hosts = false;             // … and lists further hosts that may be called
  std::vector<std::string> hosts = {};  // besides the host of the base URL: of redirects, tokens
  std::vector<Field> fields = {};
  Authentication authentication = {};
  std::vector<std::string> shown_query = {};  // parameters whose values the egress log may hold
  double calls_per_second = 5;
  int at_once = 2;
  outgoing::Limits limits = {};  // of its calls, where an order says nothing else
  // A harmless call that shows whether the settings work; without one the base URL is asked for.
  std::function<Status(Outbound&, const Occasion&)> test = {};
};

// What an administrator has set, as a call needs it.
struct Settings {
  std::string base_url;                       // without a slash at the end
  std::vector<std::string> hosts;             // all that may be called
  std::map<std::string, std::string> values;  // of the fields, secrets in plain: never shown
};

}  // namespace fokus::connect
