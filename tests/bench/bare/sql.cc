#include "tests/bench/bare/sql.h"

#include <cppconn/connection.h>
#include <cppconn/datatype.h>
#include <cppconn/driver.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/resultset_metadata.h>
#include <cppconn/statement.h>
#include <mysql_driver.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <thread>

namespace bare {
namespace {

using Clock = std::chrono::steady_clock;

std::unique_ptr<sql::Connection> Connect(const Place& place) {
  sql::ConnectOptionsMap options;
  options["hostName"] = sql::SQLString("unix://" + place.socket);
  options["userName"] = sql::SQLString("root");
  options["password"] = sql::SQLString("");
  options["schema"] = sql::SQLString(place.schema);
  options["OPT_CHARSET_NAME"] = sql::SQLString("utf8mb4");
  std::unique_ptr<sql::Connection> connection(
      sql::mysql::get_mysql_driver_instance()->connect(options));
  std::unique_ptr<sql::Statement> statement(connection->createStatement());
  statement->execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
  return connection;
}

[[noreturn]] void Die(const std::exception& exception) {
  std::fprintf(stderr, "bare loop: %s\n", exception.what());
  std::abort();
}

// One thread a connection, each running its body over and over.
class Threads : public Loop {
 public:
  double Rate(double seconds) override {
    std::atomic<bool> stop = false;
    std::vector<std::vector<double>> times(bodies_.size());
    std::vector<std::thread> threads;
    const Clock::time_point start = Clock::now();
    for (size_t i = 0; i < bodies_.size(); ++i) {
      threads.emplace_back([&, i] {
        try {
          while (!stop.load(std::memory_order_relaxed)) {
            const Clock::time_point begin = Clock::now();
            bodies_[i]();
            times[i].push_back(
                std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
          }
        } catch (const std::exception& exception) {
          Die(exception);
        }
      });
    }
    std::this_thread::sleep_until(start + std::chrono::duration<double>(seconds));
    stop = true;
    for (std::thread& thread : threads) thread.join();
    const double took = std::chrono::duration<double>(Clock::now() - start).count();
    times_.clear();
    for (const auto& mine : times) times_.insert(times_.end(), mine.begin(), mine.end());
    std::sort(times_.begin(), times_.end());
    return static_cast<double>(times_.size()) / took;
  }
  double P50Milliseconds() const override { return times_.empty() ? 0 : times_[times_.size() / 2]; }
  double P99Milliseconds() const override {
    return times_.empty() ? 0 : times_[times_.size() * 99 / 100];
  }

 protected:
  std::vector<std::function<void()>> bodies_;

 private:
  std::vector<double> times_;  // of the last Rate(), sorted
};

class Selects final : public Threads {
 public:
  Selects(const Place& place, const std::string& statement, std::vector<std::string> keys,
          int connections)
      : keys_(std::move(keys)) {
    for (int i = 0; i < connections; ++i) {
      connections_.push_back(Connect(place));
      statements_.emplace_back(connections_.back()->prepareStatement(statement));
      const size_t first = keys_.size() / connections * i;
      bodies_.push_back([this, i, next = first]() mutable {
        Read(*statements_[i], keys_[next]);
        next = next + 1 == keys_.size() ? 0 : next + 1;
      });
    }
  }

 private:
  static void Read(sql::PreparedStatement& statement, const std::string& key) {
    statement.setString(1, key);
    std::unique_ptr<sql::ResultSet> result(statement.executeQuery());
    const uint32_t columns = result->getMetaData()->getColumnCount();
    while (result->next()) {
      for (uint32_t i = 1; i <= columns; ++i) result->getString(i);
    }
  }

  const std::vector<std::string> keys_;
  std::vector<std::unique_ptr<sql::Connection>> connections_;
  std::vector<std::unique_ptr<sql::PreparedStatement>> statements_;
};

class Inserts final : public Threads {
 public:
  Inserts(const Place& place, const std::string& statement, std::vector<Cell> row, int connections)
      : row_(std::move(row)) {
    for (int i = 0; i < connections; ++i) {
      connections_.push_back(Connect(place));
      plain_.emplace_back(connections_.back()->createStatement());
      statements_.emplace_back(connections_.back()->prepareStatement(statement));
      bodies_.push_back([this, i] {
        plain_[i]->execute("START TRANSACTION");
        Insert(*statements_[i]);
        plain_[i]->execute("COMMIT");
      });
    }
  }

 private:
  void Insert(sql::PreparedStatement& statement) {
    static std::atomic<int64_t> number = 0;
    statement.setString(1, "bare-" + std::to_string(++number));
    for (uint32_t i = 1; i < row_.size(); ++i) {
      if (row_[i].number) {
        statement.setInt64(i + 1, *row_[i].number);
      } else if (row_[i].text) {
        statement.setString(i + 1, *row_[i].text);
      } else {
        statement.setNull(i + 1, sql::DataType::VARCHAR);
      }
    }
    statement.executeUpdate();
  }

  const std::vector<Cell> row_;
  std::vector<std::unique_ptr<sql::Connection>> connections_;
  std::vector<std::unique_ptr<sql::Statement>> plain_;
  std::vector<std::unique_ptr<sql::PreparedStatement>> statements_;
};

class Updates final : public Threads {
 public:
  Updates(const Place& place, const std::string& statement, int connections) {
    for (int i = 0; i < connections; ++i) {
      connections_.push_back(Connect(place));
      plain_.emplace_back(connections_.back()->createStatement());
      statements_.emplace_back(connections_.back()->prepareStatement(statement));
      bodies_.push_back([this, i] {
        plain_[i]->execute("START TRANSACTION");
        statements_[i]->executeUpdate();
        plain_[i]->execute("COMMIT");
      });
    }
  }

 private:
  std::vector<std::unique_ptr<sql::Connection>> connections_;
  std::vector<std::unique_ptr<sql::Statement>> plain_;
  std::vector<std::unique_ptr<sql::PreparedStatement>> statements_;
};

template <class L, class Last>
std::unique_ptr<Loop> Make(const Place& place, const std::string& statement, Last last,
                           int connections) {
  try {
    return std::make_unique<L>(place, statement, std::move(last), connections);
  } catch (const std::exception& exception) {
    Die(exception);
  }
}

}  // namespace

std::unique_ptr<Loop> SelectLoop(const Place& place, const std::string& statement,
                                 std::vector<std::string> keys, int connections) {
  return Make<Selects>(place, statement, std::move(keys), connections);
}

std::unique_ptr<Loop> InsertLoop(const Place& place, const std::string& statement,
                                 std::vector<Cell> row, int connections) {
  return Make<Inserts>(place, statement, std::move(row), connections);
}

std::unique_ptr<Loop> UpdateLoop(const Place& place, const std::string& statement,
                                 int connections) {
  try {
    return std::make_unique<Updates>(place, statement, connections);
  } catch (const std::exception& exception) {
    Die(exception);
  }
}

}  // namespace bare
