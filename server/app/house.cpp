// SPDX-License-Identifier: Apache-2.0
#include "app/house.hpp"

#include <filesystem>

#include "app/accounts.hpp"
#include "app/backup.hpp"
#include "app/secret_key.hpp"
#include "base/text.hpp"
#include "features/duplicates/pairs.hpp"
#include "platform/files.hpp"
#include "records/schema.hpp"
#include "store/migrations.hpp"

namespace fokus::app {
namespace {

namespace fs = std::filesystem;

constexpr int register_cache_mib = 32;

store::Options options_of(const Config& config, const std::string& location) {
  store::Options out;
  out.location = location;
  out.readers = config.readers;
  out.cache_mib = config.cache_mib;
  return out;
}

std::int64_t file_bytes_max(const Config& config) {
  return config.file_mib * records::limits::mebibyte;
}

Result<int> migrate(store::Database& database, std::span<const EmbeddedFile> files,
                    const std::string& snapshot) {
  const auto report = TRY(store::migrate(database, files, [&]() -> Status {
    auto made = make_backup(database, snapshot);
    // A whole one of this very second: by another node, or by a start that was killed after it.
    if (!made.ok() && made.error().code == "store/backup_exists") return {};
    return made;
  }));
  return report.schema;
}

}  // namespace

std::string file_in(const Config& config, const std::string& name) {
  return (fs::path(config.data) / name).string();
}

House::House(const Config& config, const Clock& clock)
    : config(config), clock(clock), log({config.log_file, LogLevel::note}, clock) {}

House::~House() {
  subscription.reset();
  if (alerts) alerts->stop();
  if (reports) reports->stop();
  if (notifications) notifications->stop();
  if (duplicates) duplicates->close();
  if (quality) quality->close();
  if (jobs) jobs->stop();
  if (access_log) access_log->end();
  search_keeper.reset();
  // Before all else that is in the house: its listener calls the others until it has ended.
  database.reset();
}

Result<std::unique_ptr<House>> House::open(const Config& config, const Clock& clock) {
  std::unique_ptr<House> house(new House(config, clock));
  TRY(house->check_private_hosts());
  TRY(house->open_folder());
  TRY(house->open_databases());
  TRY(house->load_dictionary());
  house->make_services(TRY(load_secret_key(config.data, house->random)));
  return house;
}

Status House::check_private_hosts() {
  private_hosts = TRY(outgoing::PrivateHosts::parse(config.private_hosts));
  return {};
}

Status House::open_folder() {
  std::error_code ec;
  fs::create_directories(config.data, ec);
  if (ec) return field_error("app/data_folder", "data", "not_writable");
  fs::permissions(config.data, fs::perms::owner_all, ec);
  fs::create_directories(file_in(config, "spool"), ec);  // for exports, also those of a command
  auto lock = FolderLock::take(config.data, FolderLock::How::shared);
  if (!lock) return field_error("app/data_folder", "data", "not_writable");
  if (!*lock) return field_error("app/restoring", "data", "in_use");
  folder_lock.emplace(std::move(**lock));
  return {};
}

Status House::open_databases() {
  const bool sqlite = config.database.empty();
  const std::string location = sqlite ? file_in(config, "fokus.db") : config.database;
  is_new = sqlite && !fs::exists(location);
  database = store::open_database(options_of(config, location));
  statements = std::make_unique<store::Statements>(embedded_sql(), database->engine());
  const auto stamp = replace_all(render_instant(clock.now()).substr(0, 19), ":", "-");
  schema = TRY(
      migrate(*database, embedded_sql(), file_in(config, "before-upgrade-" + stamp + ".backup")));
  if (!sqlite) return {};
  TRY(open_log(stamp));
  return open_register(stamp);
}

// The access log's own file, with what a restored backup may have brought along.
Status House::open_log(const std::string& stamp) {
  store::Options options = options_of(config, file_in(config, "access_log.db"));
  options.readers = 2;
  options.cache_mib = 4;
  const bool carried = database->read([&](store::Session& session) {
    return session.query_integer((*statements)["access.log_head"]) != 0;
  });
  // What is taken out of the main database must be on the disk before.
  options.durable = carried;
  log_database = store::open_database(options);
  const auto files = access::access_log_migrations(embedded_sql());
  TRY(migrate(*log_database, files, file_in(config, "access-before-upgrade-" + stamp + ".backup")));
  if (!carried) return {};
  TRY(adopt_log(*database, {*log_database, *statements, config.data},
                file_in(config, "access_log-before-" + stamp + ".db")));
  log_database.reset();
  options.durable = false;
  log_database = store::open_database(options);
  return {};
}

// Local copies of company registers: what is lost of them in a crash of the machine is loaded
// again.
Status House::open_register(const std::string& stamp) {
  store::Options register_options = options_of(config, file_in(config, "register.db"));
  register_options.durable = false;
  register_options.readers = 2;
  register_options.cache_mib = register_cache_mib;
  register_database = store::open_database(register_options);
  TRY(migrate(*register_database, registers::register_migrations(embedded_sql()),
              file_in(config, "registers-before-upgrade-" + stamp + ".backup")));
  return {};
}

Status House::load_dictionary() {
  auto loaded = TRY(database->write([&](store::Transaction& tx) -> Result<records::Dictionary> {
    TRY(records::seed_lists(tx, *statements, embedded_model()));
    auto out = TRY(records::load_dictionary(tx, *statements, embedded_model()));
    records::apply_schema(tx, out);
    records::adopt_addresses(tx, *statements, out, clock.now());
    return out;
  }));
  // Until it is a setting, the days of the bin are those of the configuration file.
  if (config.bin_days != Config().bin_days) TRY(take_over_bin_days(loaded));
  const auto loose = database->read([&](store::Session& session) {
    return records::unclassified_columns(session, loaded, embedded_sql());
  });
  if (!loose.empty()) return field_error("app/unclassified_column", loose.front(), "unclassified");
  dictionary.replace(std::make_shared<const records::Dictionary>(std::move(loaded)));
  const auto broken = statements->check(*database);
  if (!broken.empty())
    return field_error("app/broken_statement", broken.front(), "does_not_prepare");
  return {};
}

Status House::take_over_bin_days(records::Dictionary& loaded) {
  return database->write([&](store::Transaction& tx) -> Status {
    const auto days = std::to_string(config.bin_days);
    if (tx.execute((*statements)["records.add_setting_once"], {"bin_days", days, clock.now()}) != 0)
      loaded.installation.bin_days = config.bin_days;
    return {};
  });
}

void House::make_services(std::string secret) {
  access_parts = std::make_unique<access::Parts>(
      access::Parts{*database, *statements, clock, random, std::move(secret)});
  hasher = std::make_unique<access::PasswordHasher>();
  sign_in = std::make_unique<access::SignIn>(*access_parts, *hasher);
  authenticator = std::make_unique<access::Authenticator>(*access_parts);
  authenticator->set_defaults([this](access::Actor& actor) {
    const auto current = dictionary.current();
    actor.language = current->installation.default_language;
    actor.time_zone = current->installation.default_time_zone;
  });
  idempotency = std::make_unique<access::Idempotency>(*access_parts);
  access_log = std::make_unique<access::AccessLog>(log_database ? *log_database : *database,
                                                   *statements, clock, random, config.data);
  roles = std::make_unique<access::Roles>(*access_parts);
  roles->seed();
  tokens = std::make_unique<access::Tokens>(*access_parts);
  const auto is_type = [this](std::string_view name) {
    return dictionary.current()->find(name) != nullptr;
  };
  roles->set_types(is_type);
  tokens->set_types(is_type);
  records =
      std::make_unique<records::Records>(records::Records::Parts{*statements, clock, dictionary});
  search_keeper = std::make_unique<records::SearchIndexKeeper>(*database);
  records->set_search_written([this] { search_keeper->note_write(); });
  jobs = work::make_jobs(*database, *statements, clock);
  files = std::make_unique<records::Files>(api_parts(), file_in(config, "files"),
                                           file_bytes_max(config), random);
  users = std::make_unique<UserAccounts>(*this);
  access_api = std::make_unique<access::AccessApi>(access::ApiParts{
      *access_parts, *sign_in, *tokens, *roles, *authenticator, *access_log, *users});
  open_connect();
  selections = std::make_unique<selections::Selections>(api_parts());
  records->set_selections(
      [this](store::Session& session, const access::Scope& scope, const records::RecordType& type,
             std::int64_t id) { return selections->meaning(session, scope, type, id); });
  records->set_undo_job("selection_members", "undo_selection_members");
  merges = std::make_unique<merge::Merges>(api_parts(), [this] { search_keeper->note_write(); });
  records->set_undo_job("merge", "undo_merges");
  views = std::make_unique<views::Views>(api_parts());
  layouts = std::make_unique<layouts::Layouts>(api_parts());
  sales_guide = std::make_unique<sales_guide::SalesGuide>(api_parts());
  open_dashboards();
  open_reports();
  imports = std::make_unique<imports::Imports>(api_parts(), file_in(config, "imports"));
  open_diary();
  dav = std::make_unique<dav::Dav>(
      api_parts(),
      dav::Dav::Neighbours{*access_parts, *authenticator, *diary, *selections, config.dav_cards});
  open_duplicates();
  registers = std::make_unique<registers::Registers>(
      api_parts(), registers::Registers::Places{register_database ? *register_database : *database,
                                                file_in(config, "registers"), outbound.get()});
  registers::OnlineCalls::declare(*connections);
  register_updates =
      std::make_unique<register_updates::RegisterUpdates>(api_parts(), *registers);
  follow_nodes();
}

void House::follow_nodes() {
  // Another node changed a record type: load it here too. SQLite has no other node.
  if (database->engine() == store::Engine::postgres)
    subscription = database->subscribe(
        "dictionary", [this](std::string_view revision) { reload_dictionary(revision); });
  words_subscription =
      database->subscribe(std::string(records::search_words_channel),
                          [this](std::string_view) { records->forget_search_words(); });
}

void House::open_dashboards() {
  dashboards = std::make_unique<dashboards::Dashboards>(api_parts(), *selections);
  dashboards->seed();
  panels = std::make_unique<dashboards::Panels>(api_parts(), access_parts->secret);
  dashboards::declare_external_data(*connections);
  external_tiles = std::make_unique<dashboards::ExternalTiles>(api_parts(), *outbound);
  dashboards->set_neighbours(*external_tiles, *panels);
  alerts = std::make_unique<dashboards::Alerts>(*dashboards);
}

void House::open_reports() {
  mail_out = mail::make_mail_out({private_hosts, config.outgoing_certificates});
  reports = std::make_unique<reports::Reports>(api_parts(), *dashboards, *outbound, *mail_out);
  reports->declare_connector();
}

void House::open_connect() {
  http_out = outgoing::make_http_out({private_hosts, config.outgoing_certificates});
  connections = std::make_unique<connect::Connections>(api_parts(), random, access_parts->secret);
  egress_log = std::make_unique<connect::EgressLog>(api_parts());
  outbound = std::make_unique<connect::Outbound>(*connections, *egress_log, *http_out, random);
}

void House::open_diary() {
  diary = std::make_unique<diary::Diary>(api_parts(), *access_parts);
  records->set_save_rule(&diary::Diary::check_save);
  notifications = std::make_unique<notifications::Notifications>(api_parts());
  diary->set_listener(
      [this](store::Transaction& tx, const access::Scope& scope, const diary::DiaryNews& news) {
        notifications->hear(tx, scope, news);
      });
}

void House::open_duplicates() {
  duplicates = std::make_unique<duplicates::Duplicates>(api_parts());
  duplicates->open();
  quality = std::make_unique<quality::Quality>(
      api_parts(), register_database ? *register_database : *database);
  quality->open();
  records->set_duplicate_check([this](store::Session& session, const access::Scope& scope,
                                      const records::RecordType& type,
                                      const boost::json::object& values) {
    return duplicates->check(session, scope, type, values);
  });
  records->set_record_watch([this](store::Transaction& tx, const records::RecordType& type,
                                   RecordId id, const records::WatchedRecord* before,
                                   const records::WatchedRecord* after) {
    duplicates->follow(tx, type, id, before, after);
    diary->follow(tx, type, id, before, after);
    dav->follow(tx, type, id, before, after);
    // After the diary: who declined is asked again by then, and so is told of another time too.
    notifications->follow(tx, type, id, before, after);
    quality->follow(tx, type, id, before, after);
    if (!before && !after) selections->forget_record(tx, type, id);
    if (!before && !after) sales_guide->forget_record(tx, type, id);
    if (!before && !after) register_updates->forget_record(tx, type, id);
    if (!before && !after) reports->forget_record(tx, type, id);
    if (!before && !after) alerts->forget_record(tx, type, id);
  });
  merges->set_certain_pairs(
      [this](store::Session& session, const access::Scope& scope, const records::RecordType& type)
          -> Result<std::vector<std::pair<std::int64_t, std::int64_t>>> {
        return duplicates::certain_pairs(*duplicates, session, scope, type);
      });
}

void House::reload_dictionary(std::string_view revision) {
  if (revision == std::to_string(dictionary.current()->revision)) return;  // made here
  try {
    const auto read =
        records::refresh_dictionary(*database, *statements, embedded_model(), dictionary);
    if (!read) log.error("app/dictionary_not_loaded", {{"code", read.error().code}});
  } catch (const store::Failure&) {
    log.error("app/dictionary_not_loaded");
  }
}

records::ApiParts House::api_parts() {
  const auto trace = [this](const access::Scope& scope, const records::ReadTrace& read) {
    auto entry =
        access::make_log_entry(scope, std::string(read.action), std::string(read.record_type));
    entry.ids.assign(read.ids.begin(), read.ids.end());
    entry.query_shape = std::string(read.shape);
    access_log->append(std::move(entry));
  };
  return {*database,
          *statements,
          clock,
          dictionary,
          *records,
          *jobs,
          trace,
          [this](const work::JobAuthor& author) -> Result<access::Actor> {
            // Nobody's jobs are the program's own: commands of the operator and schedules.
            if (!author.user) return access::system_actor();
            return authenticator->actor_of(author);
          },
          embedded_model(),
          file_bytes_max(config)};
}

}  // namespace fokus::app
