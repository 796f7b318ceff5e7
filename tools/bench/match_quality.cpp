// SPDX-License-Identifier: Apache-2.0
// How well the shipped rules find duplicates that are known:
//
//     match_quality [--data FOLDER] [--only NAME] [--fit] [--missed N]
//
// Half of the clusters, by a hash of their name, are for tuning and half for judging; only pairs
// within the half that is judged count. FOLDER holds febrl3.csv and restaurants-with-clusters.csv;
// without it these two are said to be left out. --fit prints from the tuning half what the points
// of each level would be; --missed N shows N wrong pairs of the tuning half.
#include <fmt/format.h>

#include <cmath>
#include <set>
#include <unordered_map>

#include "base/embedded.hpp"
#include "match_sets.hpp"

namespace {

using namespace fokus;  // NOLINT: a program of its own
using bench::Row;
using bench::Set;
using duplicates::Matcher;
using Pair = std::pair<std::size_t, std::size_t>;

constexpr int made_count = 20'000;
constexpr std::size_t block_max = 200;

bool is_for_judging(const std::string& cluster) {
  std::uint64_t hash = 14'695'981'039'346'656'037ULL;  // FNV-1a
  for (const char c : cluster) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211ULL;
  // The finish of MurmurHash3: names of one digit differ in all bits too.
  hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccdULL;
  return hash >> 63;
}

struct Half {
  std::vector<const Row*> rows;
  std::set<Pair> truth;
};

Half half_of(const Set& set, bool judging) {
  Half out;
  std::unordered_map<std::string, std::vector<std::size_t>> clusters;
  for (const auto& row : set.rows) {
    if (is_for_judging(row.cluster) != judging) continue;
    clusters[row.cluster].push_back(out.rows.size());
    out.rows.push_back(&row);
  }
  for (const auto& [name, members] : clusters)
    for (std::size_t i = 0; i < members.size(); ++i)
      for (std::size_t j = i + 1; j < members.size(); ++j)
        out.truth.emplace(members[i], members[j]);
  return out;
}

std::set<Pair> pairs_of_blocks(
    const std::unordered_map<std::string, std::vector<std::size_t>>& blocks, std::size_t most) {
  std::set<Pair> out;
  for (const auto& [key, members] : blocks) {
    if (members.size() > most) continue;
    for (std::size_t i = 0; i < members.size(); ++i)
      for (std::size_t j = i + 1; j < members.size(); ++j) out.emplace(members[i], members[j]);
  }
  return out;
}

std::set<Pair> candidates(const Matcher& matcher, const Half& half) {
  std::unordered_map<std::string, std::vector<std::size_t>> blocks;
  for (std::size_t i = 0; i < half.rows.size(); ++i) {
    const auto keys = matcher.keys_of(half.rows[i]->subject);
    for (std::size_t k = 0; k < keys.size(); ++k)
      for (const auto& key : keys[k]) blocks[std::to_string(k) + key].push_back(i);
  }
  return pairs_of_blocks(blocks, block_max);
}

std::set<Pair> plain_pairs(const Half& half) {
  std::unordered_map<std::string, std::vector<std::size_t>> blocks;
  for (std::size_t i = 0; i < half.rows.size(); ++i)
    if (!half.rows[i]->baseline.empty()) blocks[half.rows[i]->baseline].push_back(i);
  return pairs_of_blocks(blocks, half.rows.size());
}

struct Quality {
  double precision = 0, recall = 0, f1 = 0;
};

Quality quality_of(const std::set<Pair>& found, const std::set<Pair>& truth) {
  std::size_t right = 0;
  for (const auto& pair : found) right += truth.contains(pair);
  Quality out;
  if (!found.empty())
    out.precision = static_cast<double>(right) / static_cast<double>(found.size());
  if (!truth.empty()) out.recall = static_cast<double>(right) / static_cast<double>(truth.size());
  if (right) out.f1 = 2 * out.precision * out.recall / (out.precision + out.recall);
  return out;
}

class Judge {
 public:
  Judge(const Matcher& matcher, const Half& half) : matcher_(matcher), half_(half) {
    for (const auto* row : half.rows) prepared_.push_back(matcher.prepare(row->subject));
    pairs_ = candidates(matcher, half);
  }

  std::set<Pair> found(int from) const {
    std::set<Pair> out;
    for (const auto& pair : pairs_)
      if (match(pair, false).score >= from) out.insert(pair);
    return out;
  }
  const std::set<Pair>& pairs() const { return pairs_; }

  duplicates::Match match(const Pair& pair, bool with_reasons) const {
    return matcher_.match(prepared_[pair.first], prepared_[pair.second], {}, with_reasons);
  }

  void print_wrong(int from, int count) const {
    const auto said = found(from);
    for (const bool missing : {true, false}) {
      int left = count;
      for (const auto& pair : missing ? half_.truth : said) {
        if ((missing ? said : half_.truth).contains(pair) || left-- <= 0) continue;
        fmt::print("{} {}\n", missing ? "missed" : "wrong",
                   pairs_.contains(pair) ? "" : "(no key)");
        print_row(*half_.rows[pair.first]);
        print_row(*half_.rows[pair.second]);
        for (const auto& reason : match(pair, true).reasons)
          fmt::print("    {} {} {:.2f} {:+.1f}\n",
                     duplicates::name_of(matcher_.rules().comparisons[reason.comparison].kind),
                     duplicates::name_of(reason.likeness.how), reason.likeness.similarity,
                     reason.points);
      }
    }
  }

  // log2(m/u) per level: m among pairs that are the same, u among pairs that meet in a key and are
  // not.
  void print_fit() const {
    const auto& comparisons = matcher_.rules().comparisons;
    for (std::size_t c = 0; c < comparisons.size(); ++c) {
      std::vector<double> same(comparisons[c].levels.size() + 1), other = same;
      for (const auto& pair : pairs_) count(pair, c, half_.truth.contains(pair) ? same : other);
      print_levels(comparisons[c], same, other);
    }
  }

 private:
  void count(const Pair& pair, std::size_t c, std::vector<double>& into) const {
    for (const auto& reason : match(pair, true).reasons) {
      if (reason.comparison != c) continue;
      const auto& levels = matcher_.rules().comparisons[c].levels;
      std::size_t level = 0;
      while (level < levels.size() && reason.likeness.similarity < levels[level].from) ++level;
      ++into[level];
    }
  }

  static void print_levels(const duplicates::Comparison& comparison,
                           const std::vector<double>& same, const std::vector<double>& other) {
    double of_same = 0, of_other = 0;
    for (std::size_t i = 0; i < same.size(); ++i)
      of_same += same[i] + 0.5, of_other += other[i] + 0.5;
    for (std::size_t i = 0; i < same.size(); ++i) {
      const double m = (same[i] + 0.5) / of_same, u = (other[i] + 0.5) / of_other;
      const bool is_level = i < comparison.levels.size();
      fmt::print("  {:13} from {:.2f}: m {:.4f} u {:.4f} bits {:+.1f} (rules {:+.1f})\n",
                 duplicates::name_of(comparison.kind), is_level ? comparison.levels[i].from : 0, m,
                 u, std::log2(m / u), is_level ? comparison.levels[i].points : comparison.differ);
    }
  }

  static void print_row(const Row& row) {
    fmt::print("   ");
    for (const auto& values : row.subject.values)
      for (const auto& value : values)
        fmt::print(" {} {} {};", value.folded.text, value.folded.postcode, value.folded.city);
    fmt::print("\n");
  }

  const Matcher& matcher_;
  const Half& half_;
  std::vector<duplicates::Prepared> prepared_;
  std::set<Pair> pairs_;
};

struct Options {
  std::string data;
  std::string only;
  bool fit = false;
  int missed = 0;
};

void print_line(const char* what, const Quality& q) {
  fmt::print("| {} | {:.3f} | {:.3f} | {:.3f} |\n", what, q.precision, q.recall, q.f1);
}

void measure(const Matcher& matcher, const Set& set, const Options& options) {
  if (set.name.find(options.only) == set.name.npos) return;
  const Half tuning = half_of(set, false), judging = half_of(set, true);
  fmt::print("\n{}: {} rows, judged on {} with {} pairs; plain: {}\n\n", set.name, set.rows.size(),
             judging.rows.size(), judging.truth.size(), set.baseline);
  const Judge judge(matcher, judging), tuned(matcher, tuning);
  const int from = matcher.rules().warn_at;
  fmt::print("| | precision | recall | F1 |\n|---|---|---|---|\n");
  print_line("plain", quality_of(plain_pairs(judging), judging.truth));
  print_line("tuning half", quality_of(tuned.found(from), tuning.truth));
  print_line("likely and certain", quality_of(judge.found(from), judging.truth));
  print_line("certain", quality_of(judge.found(matcher.rules().certain_at), judging.truth));
  print_line("meets in a key", quality_of(judge.pairs(), judging.truth));
  fmt::print("\n{} pairs compared of {}\n", judge.pairs().size(),
             judging.rows.size() * (judging.rows.size() - 1) / 2);
  if (options.fit) tuned.print_fit();
  if (options.missed) tuned.print_wrong(from, options.missed);
}

}  // namespace

int main(int count, char** words) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word == "--fit")
      options.fit = true;
    else if (word == "--data" && i + 1 < count)
      options.data = words[++i];
    else if (word == "--only" && i + 1 < count)
      options.only = words[++i];
    else if (word == "--missed" && i + 1 < count)
      options.missed = std::atoi(words[++i]);
  }
  auto dictionary = records::parse_model(embedded_model());
  if (!dictionary) return 1;
  const Matcher persons(*duplicates::shipped_rules(*dictionary->find("person")));
  const Matcher companies(*duplicates::shipped_rules(*dictionary->find("company")));
  if (const auto set = bench::read_febrl(persons, options.data))
    measure(persons, *set, options);
  else
    fmt::print("Febrl 3: LEFT OUT, no febrl3.csv in --data\n");
  if (const auto set = bench::read_restaurants(companies, options.data))
    measure(companies, *set, options);
  else
    fmt::print("Restaurants: LEFT OUT, no restaurants-with-clusters.csv in --data\n");
  measure(persons, bench::make_persons(persons, made_count), options);
  measure(companies, bench::make_companies(companies, made_count), options);
  return 0;
}
