// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>

#include "features/imports/import_chunk.hpp"

namespace fokus::imports {

// Which of the rows resemble records by the rules for duplicates, though no match field finds one.
// Empty when the plan does not ask. Many times slower than the look for keys, and so done outside
// the writing transaction. Rows of the same chunk are not compared with each other.
Twins find_twins(const ChunkWriter::Parts& parts, store::Session& session,
                 std::span<const FileRow> rows);

}  // namespace fokus::imports
