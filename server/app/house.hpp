// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>

#include "access/access_api.hpp"
#include "access/access_log.hpp"
#include "access/authenticator.hpp"
#include "access/bind_route.hpp"
#include "access/idempotency.hpp"
#include "access/passwords.hpp"
#include "access/roles.hpp"
#include "access/sign_in.hpp"
#include "access/tokens.hpp"
#include "app/config.hpp"
#include "features/dashboards/alerts.hpp"
#include "features/connect/connect.hpp"
#include "features/dashboards/dashboards.hpp"
#include "features/dashboards/external_tiles.hpp"
#include "features/dashboards/panels.hpp"
#include "features/dav/dav.hpp"
#include "features/diary/diary.hpp"
#include "features/duplicates/duplicates.hpp"
#include "features/imports/imports.hpp"
#include "features/layouts/layouts.hpp"
#include "features/merge/merge.hpp"
#include "features/notifications/notifications.hpp"
#include "features/quality/quality.hpp"
#include "features/register_updates/register_updates.hpp"
#include "features/registers/registers.hpp"
#include "features/reports/reports.hpp"
#include "features/sales_guide/sales_guide.hpp"
#include "features/selections/selections.hpp"
#include "features/views/views.hpp"
#include "platform/files.hpp"
#include "platform/http_out.hpp"
#include "platform/log.hpp"
#include "platform/random.hpp"
#include "records/api.hpp"
#include "records/files.hpp"
#include "records/records.hpp"
#include "records/search_index_keeper.hpp"
#include "work/jobs.hpp"

namespace fokus::app {

// Everything of one installation, built from the ground up: databases migrated, dictionary loaded,
// columns checked against their classification. What a command needs it takes from here; nothing
// is reached in any other way. Opening throws store::Failure when the database cannot be opened.
class House {
 public:
  // Errors: what stops a start ("app/data_folder", "app/restoring", "store/newer_schema",
  // "app/unclassified_column", "app/secret_key", …).
  static Result<std::unique_ptr<House>> open(const Config& config, const Clock& clock);
  ~House();

  const Config config;
  const Clock& clock;
  SystemRandom random;
  Log log;
  std::optional<FolderLock> folder_lock;  // shared: nobody restores while we are here
  std::unique_ptr<store::Database> database;
  std::unique_ptr<store::Database>
      log_database;  // SQLite only: the access log has a file of its own
  std::unique_ptr<store::Database>
      register_database;  // SQLite only: registers are large, and can be loaded again
  std::unique_ptr<store::Statements> statements;
  outgoing::PrivateHosts private_hosts;
  records::DictionaryHolder dictionary;
  std::unique_ptr<records::Records> records;
  std::unique_ptr<records::SearchIndexKeeper> search_keeper;
  std::unique_ptr<records::Files> files;
  std::unique_ptr<work::Jobs> jobs;
  std::unique_ptr<access::Parts> access_parts;
  std::unique_ptr<access::PasswordHasher> hasher;
  std::unique_ptr<access::SignIn> sign_in;
  std::unique_ptr<access::Authenticator> authenticator;
  std::unique_ptr<access::Idempotency> idempotency;
  std::unique_ptr<access::AccessLog> access_log;
  std::unique_ptr<access::Roles> roles;
  std::unique_ptr<access::Tokens> tokens;

  std::unique_ptr<access::UserRecords> users;
  std::unique_ptr<access::AccessApi> access_api;
  std::unique_ptr<outgoing::HttpOut> http_out;
  std::unique_ptr<connect::Connections> connections;
  std::unique_ptr<connect::EgressLog> egress_log;
  std::unique_ptr<connect::Outbound> outbound;
  std::unique_ptr<imports::Imports> imports;
  std::unique_ptr<duplicates::Duplicates> duplicates;
  std::unique_ptr<diary::Diary> diary;
  std::unique_ptr<dav::Dav> dav;
  std::unique_ptr<notifications::Notifications> notifications;
  std::unique_ptr<registers::Registers> registers;
  std::unique_ptr<register_updates::RegisterUpdates> register_updates;
  std::unique_ptr<selections::Selections> selections;
  std::unique_ptr<views::Views> views;
  std::unique_ptr<layouts::Layouts> layouts;
  std::unique_ptr<sales_guide::SalesGuide> sales_guide;
  std::unique_ptr<dashboards::Dashboards> dashboards;
  std::unique_ptr<dashboards::Panels> panels;
  std::unique_ptr<dashboards::ExternalTiles> external_tiles;
  std::unique_ptr<dashboards::Alerts> alerts;
  std::unique_ptr<mail::MailOut> mail_out;
  std::unique_ptr<reports::Reports> reports;
  std::unique_ptr<merge::Merges> merges;
  std::unique_ptr<quality::Quality> quality;
  store::Subscription subscription;        // to changes of the dictionary
  store::Subscription words_subscription;  // to words that left the help with spelling

  records::ApiParts api_parts();
  int schema = 0;  // the highest migration that is applied
  bool is_new = false;

 private:
  House(const Config& config, const Clock& clock);
  Status open_folder();
  Status open_databases();
  Status open_log(const std::string& stamp);
  Status open_register(const std::string& stamp);
  Status load_dictionary();
  Status take_over_bin_days(records::Dictionary& loaded);
  Status check_private_hosts();
  void make_services(std::string secret);
  void open_dashboards();
  void open_reports();
  void open_connect();
  void open_diary();
  void open_duplicates();
  void follow_nodes();
  void reload_dictionary(std::string_view revision);
};

// Folder and files of the data folder; readable by their owner only.
std::string file_in(const Config& config, const std::string& name);

}  // namespace fokus::app
