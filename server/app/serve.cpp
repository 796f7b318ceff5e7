// SPDX-License-Identifier: Apache-2.0
#include "app/serve.hpp"

#include <charconv>
#include <csignal>
#include <cstdio>

#include "app/call_log.hpp"
#include "app/housekeeping.hpp"
#include "app/metrics.hpp"
#include "app/openapi.hpp"
#include "features/duplicates/duplicates.hpp"
#include "features/imports/import_api.hpp"
#include "features/quality/quality.hpp"
#include "features/readers/readers.hpp"
#include "features/registers/registers.hpp"
#include "features/settings/settings.hpp"
#include "net/server.hpp"
#include "platform/files.hpp"
#include "records/event_feed.hpp"
#include "records/origin_api.hpp"
#include "records/search_rebuild.hpp"

namespace fokus::app {
namespace {

constexpr int job_workers = 2;
constexpr std::int64_t read_limit_ms = 30 * ms_per_second;
// Kept for databases, spool files and what they need; the rest of the limit is for connections.
constexpr std::size_t reserved_files = 256;

template <class T>
void append(std::vector<T>& all, std::vector<T> more) {
  for (auto& one : more) all.push_back(std::move(one));
}

// Failures of the engines in the words of the API.
std::optional<Error> explain(const std::exception& exception) {
  const auto* failure = dynamic_cast<const store::Failure*>(&exception);
  if (!failure) return std::nullopt;
  switch (failure->kind) {
    case store::FailureKind::busy:
      return make_error(ErrorKind::unavailable, "store/busy");
    case store::FailureKind::unavailable:
      return make_error(ErrorKind::unavailable, "store/unavailable");
    case store::FailureKind::corrupt:
      return make_error(ErrorKind::unavailable, "store/corrupt");
    case store::FailureKind::full:
      return make_error(ErrorKind::unavailable, "store/full");
    case store::FailureKind::interrupted:
      return make_error(ErrorKind::unavailable, "store/too_slow");
    case store::FailureKind::out_of_range:
      return make_error(ErrorKind::invalid, "aggregates/out_of_range");
    case store::FailureKind::too_complex:
      return make_error(ErrorKind::invalid, "criteria/too_complex");
    default:
      return std::nullopt;
  }
}

// What operators and load balancers ask, outside the API.
std::vector<net::Route> plain_routes(House& house,
                                     const std::function<net::ServerCounters()>& counters) {
  using net::Method;
  using net::Reply;
  return {
      {Method::get, "/healthz", [](net::Call&) { return Reply::text("ok\n"); }},
      {Method::get, "/readyz",
       [&house](net::Call&) {
         house.database->read(
             [](store::Session& session) { return session.query_integer("SELECT 1"); });
         return Reply::text("ready\n");
       }},
      {Method::get, "/metrics",
       [&house, counters](net::Call& call) {
         // For the machine itself and what stands in front of it; everyone else needs no figures.
         const bool local = call.remote == "127.0.0.1" || call.remote == "::1";
         if (!local)
           return Reply::problem(make_error(ErrorKind::not_found, "net/not_found"), call.id);
         Reply out = Reply::text(
             render_metrics(counters(), house.database->size_bytes(), resident_bytes()));
         out.type = "text/plain; version=0.0.4";
         return out;
       }},
  };
}

std::size_t connections_max_of(std::size_t files_max) {
  const auto wanted = net::ServerOptions().connections_max;
  return std::min(wanted,
                  files_max > 2 * reserved_files ? files_max - reserved_files : files_max / 2);
}

std::int64_t since_of(const net::Call& call) {
  std::int64_t since = 0;
  const auto text = call.query_value("since").value_or("");
  std::from_chars(text.data(), text.data() + text.size(), since);
  return since;
}

// The socket as a row of the OpenAPI document; the router has it in a table of its own.
access::Route event_description() {
  return {net::Method::get,
          "/api/v1/events",
          access::Right::signed_in(),
          {},
          {"A WebSocket: changes of records that one may see, progress of jobs",
           {.query = "since: integer", .status = 101}}};
}

net::SocketRoute event_route(access::Gate& gate, records::EventFeed& feed) {
  net::SocketRoute route;
  route.path = "/api/v1/events";
  route.open = [&gate, &feed, contract = event_description().contract](
                   net::Call& call, auto& accept) -> std::optional<net::Reply> {
    auto scope = access::open_scope_for_socket(call, "GET /api/v1/events", gate);
    if (!scope) return net::Reply::problem(scope.error(), call.id);
    if (const auto checked = contract.check(call); !checked.ok())
      return net::Reply::problem(checked.error(), call.id);
    accept = [&feed, scope = std::move(*scope), start = feed.start_after(since_of(call)),
              renew = gate.authenticator.renewal_of(call)](std::shared_ptr<net::Socket> socket) {
      return feed.open(scope, start, renew, std::move(socket));
    };
    return std::nullopt;
  };
  return route;
}

sigset_t awaited_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGHUP);
  return set;
}

// SIGHUP: a certificate that was renewed. One that cannot be used must not end the program, which
// has one that can.
void take_hangup(House& house, net::Server& server) {
  if (house.config.certificate.empty()) return house.log.note("app/hangup_ignored");
  try {
    server.reload_certificate();
    house.log.note("app/certificate_reloaded");
  } catch (const std::exception& failure) {
    house.log.error("app/certificate_not_reloaded", {{"what", failure.what()}});
  }
}

// Returns when the program is to end.
void wait_for_signal(House& house, net::Server& server) {
  const sigset_t set = awaited_signals();
  for (int signal = SIGHUP; signal == SIGHUP;) {
    if (sigwait(&set, &signal) != 0) signal = SIGTERM;
    if (signal == SIGHUP) take_hangup(house, server);
  }
}

void greet(House& house, const Listen& listen, unsigned short port) {
  const std::string scheme = house.config.certificate.empty() ? "http" : "https";
  const std::string address =
      listen.address == "0.0.0.0" || listen.address == "::" ? "localhost" : listen.address;
  const std::string url =
      fmt::format("{}://{}:{}", scheme,
                  address.find(':') == address.npos ? address : "[" + address + "]", port);
  if (house.tokens->is_setup_needed())
    fmt::print(
        "First start: make the first administrator (the link works for a day)\n  {}/setup#{}\n",
        url, house.tokens->create_link(access::LinkKind::setup, UserId{}));
  fmt::print("listening on {}\n", url);
  std::fflush(stdout);
}

}  // namespace

std::vector<access::Route> all_routes(House& house) {
  const auto parts = house.api_parts();
  std::vector<access::Route> out;
  append(out, house.access_api->routes());
  append(out, settings::job_routes({*house.database, *house.jobs}));
  append(out, imports::import_routes(parts, *house.imports));
  append(out, imports::import_view_routes(parts, *house.imports));
  append(out, imports::export_routes(parts, file_in(house.config, "spool")));
  append(out, duplicates::duplicate_routes(*house.duplicates));
  append(out, quality::quality_routes(*house.quality));
  append(out, registers::register_routes(*house.registers));
  append(out, registers::online_routes(*house.registers));
  append(out, register_updates::register_update_routes(*house.register_updates));
  append(out, register_updates::proposal_routes(*house.register_updates));
  append(out, register_updates::register_event_routes(*house.register_updates));
  append(out, connect::connector_routes(*house.outbound));
  append(out, connect::egress_routes(*house.egress_log));
  append(out, selections::selection_routes(*house.selections));
  append(out, merge::merge_routes(*house.merges));
  append(out, readers::reader_routes(parts));
  append(out, views::view_routes(*house.views));
  append(out, layouts::layout_routes(*house.layouts));
  append(out, sales_guide::sales_guide_routes(*house.sales_guide));
  append(out, diary::diary_routes(*house.diary));
  append(out, dav::dav_routes(*house.dav));
  append(out, notifications::notification_routes(*house.notifications));
  append(out, notifications::watch_routes(*house.notifications));
  append(out, dashboards::dashboard_routes(*house.dashboards));
  append(out, dashboards::placed_tile_routes(*house.dashboards));
  append(out, dashboards::tile_routes(*house.dashboards));
  append(out, reports::report_routes(*house.reports));
  append(out, reports::delivery_routes(*house.reports));
  append(out, dashboards::alert_routes(*house.dashboards));
  append(out, dashboards::panel_routes(*house.panels));
  append(out, records::meta_routes(parts));
  append(out, records::type_routes(parts));
  append(out, records::settings_routes(parts));
  append(out, records::bulk_routes(parts));
  append(out, records::list_routes(parts));
  append(out, records::aggregate_routes(parts));
  append(out, records::related_routes(parts));
  append(out, records::origin_routes(parts));
  append(out, records::file_routes(parts, *house.files));
  append(out, records::reveal_routes(parts));
  append(out, records::record_routes(parts));
  access::Route document{net::Method::get,
                         "/api/v1/openapi.json",
                         access::Right::signed_in(),
                         {},
                         {"This document", {.answer = "object", .is_conditional = true}}};
  out.push_back(document);
  auto described = out;
  described.push_back(event_description());
  out.back().handler = [kept = std::make_shared<OpenapiDocument>(  // shared by copies of the route
                            std::move(described), house.dictionary)](
                           access::Visit&) -> Result<net::Reply> { return kept->reply(); };
  return out;
}

std::vector<access::Route> described_routes(House& house) {
  auto out = all_routes(house);
  out.push_back(event_description());
  return out;
}

void block_signals() {
  const sigset_t set = awaited_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  // A log that nobody reads any more, or a file at its limit, is an error and not the end.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

namespace {

void add_record_jobs(House& house) {
  records::add_bulk_jobs(house.api_parts());
  records::add_base_amount_jobs(house.api_parts());
  records::add_origin_jobs(house.api_parts());
  records::add_search_jobs(house.api_parts(), [&house] { house.search_keeper->note_write(); });
}

void add_jobs(House& house) {
  add_record_jobs(house);
  house.imports->add_jobs();
  house.registers->add_jobs();
  house.register_updates->add_jobs();
  house.duplicates->add_jobs();
  house.quality->add_jobs();
  selections::add_selection_jobs(*house.selections);
  house.merges->add_jobs();
  house.files->add_jobs();
  house.notifications->add_jobs();
  house.reports->add_jobs();
  add_housekeeping(house);
}

// What works beside the calls.
void start_rooms(House& house) {
  house.duplicates->build_keys_later();
  house.jobs->start(job_workers);
  house.notifications->start();
  house.quality->start();
  house.alerts->start();
  house.reports->start();
}

void stop_rooms(House& house) {
  house.alerts->stop();
  house.reports->stop();
  house.notifications->stop();
  house.quality->stop();
  house.jobs->stop();
}

}  // namespace

Status serve(House& house) {
  const Listen listen = TRY(parse_listen(house.config.listen));
  add_jobs(house);
  records::EventFeed feed(*house.database, *house.statements, house.dictionary, *house.jobs);
  access::Gate gate{*house.authenticator, *house.idempotency, [&house](std::string_view purpose) {
                      const auto dictionary = house.dictionary.current();
                      const auto* known = dictionary->find_item("purpose", purpose);
                      return known && !known->retired;
                    }};

  std::unique_ptr<net::Server> server;
  net::ServerSetup setup;
  setup.options.address = listen.address;
  setup.options.port = listen.port;
  setup.options.certificate_file = house.config.certificate;
  setup.options.key_file = house.config.key;
  setup.options.trusted_proxies = house.config.trusted_proxies;
  setup.options.fast_workers = house.config.fast_workers;
  setup.options.slow_workers = house.config.slow_workers;
  setup.options.spool_folder = file_in(house.config, "spool");
  setup.options.connections_max = connections_max_of(raise_open_files_max());
  for (auto& route : all_routes(house))
    setup.routes.push_back(access::bind_route(std::move(route), gate));
  append(setup.routes, dav::dav_net_routes(*house.dav));
  append(setup.routes, plain_routes(house, [&server] {
           return server ? server->counters() : net::ServerCounters();
         }));
  setup.sockets.push_back(event_route(gate, feed));
  setup.static_files = embedded_web();
  setup.frame_sources = [&house] { return house.panels->frame_sources(); };
  setup.on_exception = [&house](const std::exception& exception) {
    const auto error = explain(exception);
    // A damaged file is for an administrator to know of at once.
    if (!error || error->code == "store/corrupt")
      house.log.error("app/exception", {{"what", exception.what()}});
    return error;
  };
  setup.on_done = [&house](const net::Call& call, std::string_view route, int status,
                           std::int64_t micros) {
    log_call(house.log, call, route, status, micros);
  };
  server = net::start_server(std::move(setup));
  // One costly filter must not hold a worker for ever. Exports and jobs read in pages.
  house.database->set_read_limit_ms(read_limit_ms);
  start_rooms(house);
  greet(house, listen, server->port());
  wait_for_signal(house, *server);
  house.log.note("app/stopping");
  server->stop();
  feed.stop();
  stop_rooms(house);
  return {};
}

}  // namespace fokus::app
