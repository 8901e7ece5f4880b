#include "common/journal/projection.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/journal/token.h"
#include "common/sql/bulk.h"

namespace puente::journal {
namespace {

constexpr int64_t kBucketWidth = 65'536;
// Ranges a statement; more are read in several.
constexpr size_t kMostRanges = 64;

constexpr sql::BulkInsert kCounters{"projection.counters",
                                    "INSERT INTO counter (cut, measure, n) VALUES", 3,
                                    "ON DUPLICATE KEY UPDATE n = n + VALUES(n)"};
constexpr sql::BulkInsert kBuckets{"projection.buckets",
                                   "INSERT INTO histogram_bucket (cut, measure, bucket, n) VALUES",
                                   4, "ON DUPLICATE KEY UPDATE n = n + VALUES(n)"};
constexpr sql::BulkInsert kValues{"projection.values",
                                  "INSERT INTO histogram_value (cut, measure, value, n) VALUES", 4,
                                  "ON DUPLICATE KEY UPDATE n = n + VALUES(n)"};
constexpr sql::Query kFirstCuts{"projection.first_cuts",
                                "SELECT cut FROM counter WHERE cut >= ? AND cut < ?"
                                " AND measure = ? AND n <> 0 ORDER BY cut LIMIT ?"};
constexpr sql::Query kHead{"projection.head",
                           "SELECT epoch, next_position - 1 FROM journal_head WHERE id = 1"};

int64_t Bucket(int64_t value) {
  return value >= 0 ? value / kBucketWidth : -((-value + kBucketWidth - 1) / kBucketWidth);
}

// Calls on_row for each row of `select` + a condition for the ranges + `tail`.
template <class OnRow>
absl::Status EachIn(sql::Session& session, absl::string_view name, absl::string_view select,
                    const std::vector<sql::Value>& leading, const std::vector<CutRange>& ranges,
                    absl::string_view tail, const OnRow& on_row) {
  for (size_t begin = 0; begin < ranges.size(); begin += kMostRanges) {
    const size_t end = std::min(ranges.size(), begin + kMostRanges);
    std::string text(select);
    std::vector<sql::Value> parameters = leading;
    for (size_t i = begin; i < end; ++i) {
      absl::StrAppend(&text, i == begin ? " (" : " OR ",
                      ranges[i].end.empty() ? "cut = ?" : "(cut >= ? AND cut < ?)");
      parameters.emplace_back(ranges[i].first);
      if (!ranges[i].end.empty()) parameters.emplace_back(ranges[i].end);
    }
    absl::StrAppend(&text, ") ", tail);
    RETURN_IF_ERROR(session.Each({name, text}, parameters, [&](const sql::Row& row) {
      on_row(row);
      return absl::OkStatus();
    }));
  }
  return absl::OkStatus();
}

// Adds up (key, n) rows.
absl::StatusOr<std::map<int64_t, int64_t>> SumBy(sql::Session& session, absl::string_view name,
                                                 absl::string_view select,
                                                 const std::vector<sql::Value>& leading,
                                                 const std::vector<CutRange>& ranges,
                                                 absl::string_view tail) {
  std::map<int64_t, int64_t> sums;
  RETURN_IF_ERROR(EachIn(session, name, select, leading, ranges, tail,
                         [&](const sql::Row& row) { sums[row.Int64(0)] += row.Int64(1); }));
  return sums;
}

// The rank-th value (from 0) of sorted (value, n) pairs.
int64_t AtRank(const std::map<int64_t, int64_t>& counts, int64_t rank) {
  for (const auto& [value, n] : counts) {
    if (rank < n) return value;
    rank -= n;
  }
  return counts.empty() ? 0 : counts.rbegin()->first;
}

using Histogram = std::map<int64_t, int64_t>;

absl::StatusOr<Histogram> ReadBucket(sql::Session& session, int measure, int64_t bucket,
                                     const std::vector<CutRange>& ranges) {
  return ReadHistogram(session, measure, {bucket * kBucketWidth, (bucket + 1) * kBucketWidth},
                       ranges);
}

}  // namespace

CutRange CutRange::Prefix(std::string prefix) {
  std::string end = prefix;
  end.back() = static_cast<char>(end.back() + 1);  // cuts are ASCII
  return {std::move(prefix), std::move(end)};
}

absl::Status ApplyDeltas(sql::Connection& connection, const Deltas& deltas) {
  std::vector<const std::pair<const std::string, Deltas::Cut>*> ordered;
  for (const auto& cut : deltas.cuts()) ordered.push_back(&cut);
  std::sort(ordered.begin(), ordered.end(), [](auto* a, auto* b) { return a->first < b->first; });
  std::vector<sql::Value> counters, buckets, values;
  for (const auto* cut : ordered) {
    const sql::Value name(cut->first);
    for (const auto& [measure, n] : cut->second.counts) {
      counters.insert(counters.end(), {name, measure, n});
    }
    std::map<std::pair<int, int64_t>, int64_t> sums;
    for (const auto& [key, n] : cut->second.values) {
      values.insert(values.end(), {name, key.first, key.second, n});
      sums[{key.first, Bucket(key.second)}] += n;
    }
    for (const auto& [key, n] : sums) {
      buckets.insert(buckets.end(), {name, key.first, key.second, n});
    }
  }
  RETURN_IF_ERROR(sql::InsertRows(connection, kCounters, counters));
  RETURN_IF_ERROR(sql::InsertRows(connection, kBuckets, buckets));
  return sql::InsertRows(connection, kValues, values);
}

absl::StatusOr<std::map<int, int64_t>> ReadCounts(sql::Session& session,
                                                  const std::vector<CutRange>& ranges) {
  ASSIGN_OR_RETURN(const Histogram sums,
                   SumBy(session, "projection.counts",
                         "SELECT measure, CAST(SUM(n) AS SIGNED) FROM counter WHERE", {}, ranges,
                         "GROUP BY measure"));
  return std::map<int, int64_t>(sums.begin(), sums.end());
}

absl::StatusOr<std::map<std::string, int64_t>> ReadCuts(sql::Session& session, int measure,
                                                        const std::vector<CutRange>& ranges) {
  std::map<std::string, int64_t> cuts;
  RETURN_IF_ERROR(EachIn(
      session, "projection.cuts", "SELECT cut, n FROM counter WHERE measure = ? AND n <> 0 AND",
      {measure}, ranges, "", [&](const sql::Row& row) { cuts[row.Text(0)] = row.Int64(1); }));
  return cuts;
}

absl::StatusOr<std::map<std::string, std::map<int, int64_t>>> ReadCountsByCut(
    sql::Session& session, const std::vector<CutRange>& ranges) {
  std::map<std::string, std::map<int, int64_t>> counts;
  RETURN_IF_ERROR(EachIn(session, "projection.counts_by_cut",
                         "SELECT cut, measure, n FROM counter WHERE n <> 0 AND", {}, ranges, "",
                         [&](const sql::Row& row) {
                           counts[row.Text(0)][static_cast<int>(row.Int64(1))] = row.Int64(2);
                         }));
  return counts;
}

absl::StatusOr<std::map<std::string, std::map<int, int64_t>>> ReadCountsByEnd(
    sql::Session& session, int parts, const std::vector<CutRange>& ranges) {
  std::map<std::string, std::map<int, int64_t>> counts;
  RETURN_IF_ERROR(EachIn(session, "projection.counts_by_end",
                         "SELECT SUBSTRING_INDEX(cut, '|', ?) AS cut_end, measure,"
                         " CAST(SUM(n) AS SIGNED) FROM counter WHERE",
                         {-parts}, ranges, "GROUP BY cut_end, measure", [&](const sql::Row& row) {
                           counts[row.Text(0)][static_cast<int>(row.Int64(1))] += row.Int64(2);
                         }));
  return counts;
}

absl::StatusOr<std::vector<std::string>> ReadFirstCuts(sql::Session& session, int measure,
                                                       const CutRange& range, size_t most) {
  std::vector<std::string> cuts;
  RETURN_IF_ERROR(session.Each(kFirstCuts,
                               {range.first, range.end, measure, static_cast<int64_t>(most)},
                               [&](const sql::Row& row) {
                                 cuts.push_back(row.Text(0));
                                 return absl::OkStatus();
                               }));
  return cuts;
}

absl::StatusOr<std::set<std::string>> ReadEnds(sql::Session& session, int measure,
                                               const std::vector<CutRange>& ranges, size_t most) {
  std::set<std::string> ends;
  for (size_t first = 0; first < ranges.size() && ends.size() < most; first += kMostRanges) {
    const auto begin = ranges.begin() + static_cast<std::ptrdiff_t>(first);
    const auto count = std::min(kMostRanges, ranges.size() - first);
    RETURN_IF_ERROR(EachIn(session, "projection.ends",
                           "SELECT DISTINCT SUBSTRING_INDEX(cut, '|', -1) FROM counter"
                           " WHERE measure = ? AND n <> 0 AND",
                           {measure}, {begin, begin + static_cast<std::ptrdiff_t>(count)},
                           absl::StrCat("LIMIT ", most),
                           [&](const sql::Row& row) { ends.insert(row.Text(0)); }));
  }
  return ends;
}

absl::StatusOr<std::optional<Spread>> ReadSpread(sql::Session& session, int measure,
                                                 const std::vector<CutRange>& ranges) {
  ASSIGN_OR_RETURN(Histogram buckets,
                   SumBy(session, "projection.buckets",
                         "SELECT bucket, CAST(SUM(n) AS SIGNED) FROM histogram_bucket"
                         " WHERE measure = ? AND",
                         {measure}, ranges, "GROUP BY bucket"));
  std::erase_if(buckets, [](const auto& pair) { return pair.second == 0; });
  if (buckets.empty()) return std::optional<Spread>();
  Spread spread;
  for (const auto& [bucket, n] : buckets) spread.count += n;
  std::map<int64_t, Histogram> read;
  const auto at_rank = [&](int64_t rank) -> absl::StatusOr<int64_t> {
    int64_t before = 0;
    for (const auto& [bucket, n] : buckets) {
      if (rank < before + n) {
        if (!read.contains(bucket)) {
          ASSIGN_OR_RETURN(read[bucket], ReadBucket(session, measure, bucket, ranges));
        }
        return AtRank(read[bucket], rank - before);
      }
      before += n;
    }
    return 0;
  };
  ASSIGN_OR_RETURN(spread.first, at_rank(0));
  ASSIGN_OR_RETURN(spread.last, at_rank(spread.count - 1));
  ASSIGN_OR_RETURN(const int64_t lower, at_rank((spread.count - 1) / 2));
  ASSIGN_OR_RETURN(const int64_t upper, at_rank(spread.count / 2));
  spread.twice_median = lower + upper;
  return std::optional<Spread>(spread);
}

absl::StatusOr<Histogram> ReadHistogram(sql::Session& session, int measure,
                                        const ValueRange& values,
                                        const std::vector<CutRange>& ranges) {
  ASSIGN_OR_RETURN(
      Histogram histogram,
      SumBy(session, "projection.values",
            "SELECT value, CAST(SUM(n) AS SIGNED) FROM histogram_value WHERE measure = ?"
            " AND value >= ? AND value < ? AND",
            {measure, values.first, values.end}, ranges, "GROUP BY value"));
  std::erase_if(histogram, [](const auto& pair) { return pair.second == 0; });
  return histogram;
}

absl::StatusOr<std::map<std::string, Histograms>> ReadHistograms(
    sql::Session& session, const std::vector<CutRange>& ranges) {
  std::map<std::string, Histograms> by_end;
  RETURN_IF_ERROR(EachIn(
      session, "projection.histograms",
      "SELECT SUBSTRING_INDEX(cut, '|', -1) AS cut_end, measure, value, CAST(SUM(n) AS SIGNED)"
      " FROM histogram_value WHERE",
      {}, ranges, "GROUP BY cut_end, measure, value HAVING SUM(n) <> 0", [&](const sql::Row& row) {
        by_end[row.Text(0)][static_cast<int>(row.Int64(1))][row.Int64(2)] += row.Int64(3);
      }));
  return by_end;
}

absl::StatusOr<Token> ReadHead(sql::Session& session) {
  Token token{Token::Kind::kPosition};
  RETURN_IF_ERROR(session.Each(kHead, {}, [&](const sql::Row& row) {
    token.epoch = row.Int64(0);
    token.number = row.Int64(1);
    return absl::OkStatus();
  }));
  return token;
}

absl::StatusOr<std::string> HeadToken(sql::Session& session, absl::string_view agency) {
  ASSIGN_OR_RETURN(const Token head, ReadHead(session));
  ASSIGN_OR_RETURN(const Tokens tokens, ReadTokens(session, agency));
  return tokens.Make(head);
}

}  // namespace puente::journal
