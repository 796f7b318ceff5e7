// SPDX-License-Identifier: Apache-2.0
#include "app/secret_key.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "platform/files.hpp"

namespace fokus::app {
namespace {

namespace fs = std::filesystem;

class SecretKey : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("fokus-secret-" + random_.hex(8));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path() const { return folder_ / "secret.key"; }
  std::string refusal() {
    const auto loaded = load_secret_key(folder_, random_);
    if (loaded) return "loaded";
    return loaded.error().code + " " + loaded.error().errors.at(0).code;
  }

  SystemRandom random_;
  fs::path folder_;
};

TEST_F(SecretKey, IsMadeOnceForItsOwnerOnly) {
  const auto made = load_secret_key(folder_, random_);
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(made->size(), 32u);
  EXPECT_EQ(*load_secret_key(folder_, random_), *made);
  EXPECT_EQ(fs::status(path()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

TEST_F(SecretKey, ThatIsDamagedStopsTheStartAndStaysAsItIs) {
  for (const std::string content : {"", "cut short", "0123456789012345678901234567890123"}) {
    ASSERT_TRUE(write_file(path(), content).ok());
    EXPECT_EQ(refusal(), "app/secret_key wrong_size");
    EXPECT_EQ(read_file(path(), 100), content);
  }
}

TEST_F(SecretKey, ThatCannotBeReadStopsTheStart) {
  fs::create_directory(path());  // also for root, who may read every file
  EXPECT_EQ(refusal(), "app/secret_key not_readable");
  fs::remove(path());
  fs::create_symlink(folder_ / "gone", path());
  EXPECT_EQ(refusal(), "app/secret_key not_readable");
  EXPECT_TRUE(fs::is_symlink(path()));
}

}  // namespace
}  // namespace fokus::app
