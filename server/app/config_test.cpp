// SPDX-License-Identifier: Apache-2.0
#include "app/config.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "platform/files.hpp"
#include "platform/random.hpp"

namespace fokus::app {
namespace {

namespace fs = std::filesystem;

// Leaves the environment and the working folder as they were.
class Configuration : public testing::Test {
 protected:
  void SetUp() override {
    before_ = fs::current_path();
    folder_ = fs::temp_directory_path() / ("fokus-config-" + SystemRandom().hex(8));
    fs::create_directories(folder_ / "data");
    fs::current_path(folder_);
  }
  void TearDown() override {
    for (const auto& name : set_) ::unsetenv(name.c_str());
    fs::current_path(before_);
    fs::remove_all(folder_);
  }

  void set(const std::string& name, const std::string& value) {
    set_.push_back(name);
    ::setenv(name.c_str(), value.c_str(), 1);
  }
  std::string refusal_of_file(const std::string& content) {
    EXPECT_TRUE(write_file("refused.toml", content).ok());
    Config config;
    const auto read = read_config_file("refused.toml", config);
    return read ? "taken" : read.error().errors.at(0).field + " " + read.error().errors.at(0).code;
  }

  fs::path before_, folder_;
  std::vector<std::string> set_;
};

TEST_F(Configuration, TakesEveryKeyOutOfTheEnvironment) {
  for (const auto& key : config_keys()) {
    std::string name = "FOKUS_";
    for (const char c : key.name) name += static_cast<char>(std::toupper(c));
    set(name, key.name == "database"    ? "postgresql://fokus@/fokus"
              : key.name == "dav_cards" ? "170"  // has a least
                                        : "17");
  }
  Config config;
  ASSERT_TRUE(read_environment(config).ok());
  EXPECT_EQ(config.data + config.listen + config.certificate + config.key + config.log_file,
            "1717171717");
  EXPECT_EQ(config.outgoing_certificates, "17");
  EXPECT_EQ(config.private_hosts, std::vector<std::string>{"17"});
  EXPECT_EQ(config.bin_days + config.file_mib + config.fast_workers, 3 * 17);
  EXPECT_EQ(config.slow_workers + config.readers + config.cache_mib, 3 * 17);
  EXPECT_EQ(config.trusted_proxies, std::vector<std::string>{"17"});
  EXPECT_EQ(config.database, "postgresql://fokus@/fokus");
  EXPECT_TRUE(unknown_variables().empty() || unknown_variables().front() != "FOKUS_DATA");
}

TEST_F(Configuration, TakesAListWithCommas) {
  Config config;
  ASSERT_TRUE(set_config(config, "trusted_proxies", "10.0.0.0/8, ::1").ok());
  EXPECT_EQ(config.trusted_proxies, (std::vector<std::string>{"10.0.0.0/8", "::1"}));
}

TEST_F(Configuration, NamesVariablesThatAreNoKey) {
  set("FOKUS_LISTN", "8181");
  set("FOKUS_TEST_SOMETHING", "1");
  set("FOKUS_CONFIG", "");
  const auto unknown = unknown_variables();
  const auto has = [&](const char* name) {
    return std::find(unknown.begin(), unknown.end(), name) != unknown.end();
  };
  EXPECT_TRUE(has("FOKUS_LISTN"));
  EXPECT_FALSE(has("FOKUS_TEST_SOMETHING") || has("FOKUS_CONFIG") || has("FOKUS_DATA"));
}

TEST_F(Configuration, RefusesADatabaseOfAnotherScheme) {
  for (const char* url : {"mysql://x", "fokus.db", "sqlite:///x", "host=localhost"}) {
    Config config;
    const auto set = set_config(config, "database", url);
    ASSERT_FALSE(set.ok()) << url;
    EXPECT_EQ(set.error().errors.at(0).code, "unknown_scheme");
    EXPECT_TRUE(config.database.empty());
  }
  EXPECT_EQ(refusal_of_file("database = \"mysql://x\""), "database unknown_scheme");
}

TEST_F(Configuration, RefusesAFileWithWhatItDoesNotKnow) {
  EXPECT_EQ(refusal_of_file("listn = \"8181\""), "listn unknown");
  EXPECT_EQ(refusal_of_file("bin_days = \"many\""), "bin_days not_a_number");
  EXPECT_EQ(refusal_of_file("bin_days = 0"), "bin_days out_of_range");
  EXPECT_EQ(refusal_of_file("data = 7"), "data not_a_text");
  EXPECT_EQ(refusal_of_file("trusted_proxies = \"::1\""), "trusted_proxies not_a_list");
  EXPECT_EQ(refusal_of_file("trusted_proxies = [1]"), "trusted_proxies not_a_text");
}

TEST_F(Configuration, IsFoundByNameThenHereThenInTheDataFolder) {
  const std::map<std::string, std::string> options = {{"data", "data"}};
  EXPECT_EQ(find_config_file("", options), "");
  ASSERT_TRUE(write_file("data/fokus.toml", "").ok());
  EXPECT_EQ(find_config_file("", options), "data/fokus.toml");
  EXPECT_EQ(find_config_file("", {}), "./data/fokus.toml");
  set("FOKUS_DATA", "elsewhere");
  EXPECT_EQ(find_config_file("", {}), "");
  EXPECT_EQ(find_config_file("", options), "data/fokus.toml");
  ASSERT_TRUE(write_file("fokus.toml", "").ok());
  EXPECT_EQ(find_config_file("", options), "fokus.toml");
  set("FOKUS_CONFIG", "/etc/a.toml");
  EXPECT_EQ(find_config_file("", options), "/etc/a.toml");
  EXPECT_EQ(find_config_file("/etc/b.toml", options), "/etc/b.toml");
}

}  // namespace
}  // namespace fokus::app
