// SPDX-License-Identifier: Apache-2.0
#include "platform/files.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <sstream>

#include "platform/clock.hpp"
#include "platform/crypto.hpp"

namespace fokus {
namespace {

namespace fs = std::filesystem;

class Files : public ::testing::Test {
 protected:
  Files() { folder_ = fs::temp_directory_path() / ("fokus-files-" + random_.hex(8)); }
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }
  std::size_t count_files() const {
    std::size_t n = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder_))
      n += entry.is_regular_file();
    return n;
  }
  SystemRandom random_;
  fs::path folder_;
};

TEST_F(Files, WritesWholeFilesOnly) {
  const std::string path = folder_ / "config";
  ASSERT_TRUE(write_file(path, "one").ok());
  ASSERT_TRUE(write_file(path, "two").ok());
  EXPECT_EQ(read_file(path, 10), "two");
  EXPECT_EQ(read_file(path, 3), "two");
  EXPECT_FALSE(read_file(path, 2));
  EXPECT_FALSE(read_file(folder_ / "none", 10));
  EXPECT_EQ(count_files(), 1u);
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_EQ(write_file(folder_ / "no" / "where", "x").error().code, "files/not_writable");
}

TEST_F(Files, StoreKeepsContentUnderAnOpaqueName) {
  FileStore store(folder_ / "content", 1000, random_);
  std::istringstream in("hello");
  const auto stored = store.put(in);
  ASSERT_TRUE(stored.ok());
  EXPECT_EQ(stored->size, 5);
  EXPECT_EQ(stored->sha256, crypto::sha256_hex("hello"));
  EXPECT_EQ(stored->name.size(), 32u);
  EXPECT_EQ(read_file(store.find_path(stored->name).value(), 100), "hello");
  EXPECT_TRUE(store.remove(stored->name));
  EXPECT_FALSE(store.remove(stored->name));
  EXPECT_FALSE(store.find_path(stored->name));
}

TEST_F(Files, StoreRefusesTooLargeAndLeavesNothing) {
  FileStore store(folder_ / "content", 1000, random_);
  std::istringstream fits(std::string(1000, 'x')), over(std::string(1001, 'x'));
  EXPECT_TRUE(store.put(fits).ok());
  const auto refused = store.put(over);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "files/too_large");
  EXPECT_EQ(count_files(), 1u);
  EXPECT_EQ(store.put_file(folder_ / "none").error().code, "files/unreadable");
}

TEST_F(Files, StoreTellsWhatIsMissingAndWhatChanged) {
  FileStore store(folder_ / "content", 1000, random_);
  std::istringstream in("hello");
  auto stored = store.put(in).value();
  const std::string path = store.find_path(stored.name).value();
  EXPECT_EQ(store.check(stored, true), "");
  ASSERT_TRUE(write_file(path, "HELLO").ok());
  EXPECT_EQ(store.check(stored, false), "");
  EXPECT_EQ(store.check(stored, true), "changed content");
  ASSERT_TRUE(write_file(path, "hell").ok());
  EXPECT_EQ(store.check(stored, false), "4 bytes instead of 5");
  store.remove(stored.name);
  EXPECT_EQ(store.check(stored, false), "missing");
}

TEST_F(Files, StoreListsOldFilesAndSweepsUnfinishedOnes) {
  FileStore store(folder_ / "content", 1000, random_);
  std::istringstream in("hello");
  const auto name = store.put(in)->name;
  const fs::path half = store.find_path(name).value() + ".new";
  ASSERT_TRUE(write_file(half, "hal").ok());
  const Instant now = SystemClock().now();
  EXPECT_TRUE(store.list_older(now.plus_ms(-ms_per_hour)).empty());
  EXPECT_TRUE(fs::exists(half));
  EXPECT_EQ(store.list_older(now.plus_ms(ms_per_hour)), std::vector<std::string>{name});
  EXPECT_FALSE(fs::exists(half));
}

TEST_F(Files, StoreNeverLeavesItsFolder) {
  FileStore store(folder_ / "content", 1000, random_);
  ASSERT_TRUE(write_file(folder_ / "secret", "x").ok());
  for (const char* name : {"../secret", "", "..", "../../../../../../../../../etc/passwd",
                           "0123456789ABCDEF0123456789ABCDEF"}) {
    EXPECT_FALSE(store.find_path(name)) << name;
    EXPECT_FALSE(store.remove(name)) << name;
  }
  EXPECT_TRUE(fs::exists(folder_ / "secret"));
}

TEST_F(Files, AFolderIsSharedOrHeldAlone) {
  using How = FolderLock::How;
  const auto free_for = [&](How how) { return FolderLock::take(folder_, how)->has_value(); };
  {
    const auto one = FolderLock::take(folder_, How::shared);
    ASSERT_TRUE(one.ok() && one->has_value());
    EXPECT_TRUE(free_for(How::shared));
    EXPECT_FALSE(free_for(How::alone));
  }
  {
    const auto alone = FolderLock::take(folder_, How::alone);
    ASSERT_TRUE(alone.ok() && alone->has_value());
    EXPECT_FALSE(free_for(How::shared));
    EXPECT_FALSE(free_for(How::alone));
  }
  EXPECT_TRUE(free_for(How::alone));
  EXPECT_EQ(FolderLock::take(folder_ / "none", How::shared).error().code, "files/not_writable");
}

TEST(OpenFiles, MayBeAsManyAsTheSystemAllows) {
  const auto raised = raise_open_files_max();
  EXPECT_GE(raised, 256u);
  EXPECT_EQ(raise_open_files_max(), raised);
}

}  // namespace
}  // namespace fokus
