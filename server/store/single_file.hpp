// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace fokus::store {

// Makes an SQLite file that nobody has open one that is complete in itself: what is left in its
// write-ahead log goes into it, and whoever opens it does not begin another one. For files that are
// handed on, as an opened database keeps such a log. False when that fails.
bool make_single_file(const std::string& path);

}  // namespace fokus::store
