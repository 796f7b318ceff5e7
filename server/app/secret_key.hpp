// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/result.hpp"
#include "platform/random.hpp"

namespace fokus::app {

// The key that is not in the database: secret.key of the data folder, readable by its owner only.
// Made once. One that is there is never replaced, because what was encrypted with it, the secrets
// of all authenticator apps, would be lost. Of two programs that start at once the second takes
// what the first has made. Errors: "app/secret_key" with the field "secret.key" ("not_readable",
// "wrong_size", "not_writable").
Result<std::string> load_secret_key(const std::string& folder, Random& random);

}  // namespace fokus::app
