// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "features/imports/imports.hpp"
#include "features/imports/table_writer.hpp"

namespace fokus::imports {

// CSV of the rows that failed: row number, field and reason, then the row as it stood, to be mended
// and sent again. Ends early when the sink takes no more.
void write_error_file(const Imports& imports, const Import& import, const Sink& write);

}  // namespace fokus::imports
