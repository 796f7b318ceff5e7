// SPDX-License-Identifier: Apache-2.0
// A dashboard as a PDF, with the numbers that somebody may see. Not for other rooms.
#pragma once
#include <functional>
#include <string>

#include "features/dashboards/dashboards.hpp"
#include "platform/pdf.hpp"

namespace fokus::reports {

namespace limits {
// Of all tiles together; what comes later is said to have taken too long.
constexpr std::int64_t document_ms_max = 120'000;
}  // namespace limits

struct DocumentAsk {
  dashboards::DashboardId dashboard;
  std::int64_t tile = 0;  // 0: the whole page
  dashboards::PageFilters filters;
  pdf::Paper paper = pdf::Paper::portrait;
};

struct Document {
  std::string name;   // of the dashboard, in the reader's language
  std::string bytes;  // the PDF
  Instant as_of;
};

// Asks for every tile with the rights of `scope`, and draws them. The access log has it before this
// returns. `goes_on` is asked before each tile. Errors: "dashboards/not_found",
// "dashboards/no_such_tile", "reports/stopped", "platform/pdf_failed".
Result<Document> make_document(const dashboards::Dashboards& dashboards, const access::Scope& scope,
                               const DocumentAsk& ask, const std::function<bool()>& goes_on = {});

// What a file of it is called: "Salg 2026-11-27.pdf".
std::string file_name_of(const Document& document, const std::string& zone);

}  // namespace fokus::reports
