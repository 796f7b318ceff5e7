// SPDX-License-Identifier: Apache-2.0
#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>

#include <cstdio>
#include <stdexcept>

#include "net/server_testing.hpp"

namespace fokus::net {
namespace {

constexpr long one_day_s = 86400;

// A certificate that signs itself, as two PEM files.
void write_certificate(const std::string& certificate_file, const std::string& key_file) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate), one_day_s);
  X509_set_pubkey(certificate, key);
  X509_NAME* name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  X509_sign(certificate, key, EVP_sha256());
  std::FILE* file = std::fopen(certificate_file.c_str(), "w");
  PEM_write_X509(file, certificate);
  std::fclose(file);
  file = std::fopen(key_file.c_str(), "w");
  PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(file);
  X509_free(certificate);
  EVP_PKEY_free(key);
}

class TlsClient {
 public:
  TlsClient(unsigned short port, int version_max)
      : socket_(::socket(AF_INET, SOCK_STREAM, 0)), context_(SSL_CTX_new(TLS_client_method())) {
    sockaddr_in end{};
    end.sin_family = AF_INET;
    end.sin_port = htons(port);
    end.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&end), sizeof end) != 0)
      throw std::runtime_error("connect");
    SSL_CTX_set_security_level(context_, 0);
    SSL_CTX_set_min_proto_version(context_, TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context_, version_max);
    tls_ = SSL_new(context_);
    SSL_set_fd(tls_, socket_);
  }
  ~TlsClient() {
    SSL_free(tls_);
    SSL_CTX_free(context_);
    ::close(socket_);
  }
  bool connect() { return SSL_connect(tls_) == 1; }
  // Offers these suites of TLS 1.2 alone.
  bool connect_with(const char* suites) {
    return SSL_set_cipher_list(tls_, suites) == 1 && connect();
  }
  // Of the certificate that the server shows.
  std::string fingerprint() {
    X509* certificate = SSL_get1_peer_certificate(tls_);
    if (!certificate) return {};
    std::string out(EVP_MAX_MD_SIZE, '\0');
    unsigned size = 0;
    X509_digest(certificate, EVP_sha256(), reinterpret_cast<unsigned char*>(out.data()), &size);
    X509_free(certificate);
    out.resize(size);
    return out;
  }
  std::string talk(std::string_view bytes) {
    SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()));
    std::string all;
    char room[4096];
    for (int got; (got = SSL_read(tls_, room, sizeof room)) > 0;)
      all.append(room, static_cast<std::size_t>(got));
    return all;
  }
  bool ended_cleanly() { return (SSL_get_shutdown(tls_) & SSL_RECEIVED_SHUTDOWN) != 0; }

 private:
  int socket_;
  SSL_CTX* context_;
  SSL* tls_ = nullptr;
};

void write_file(const std::string& name, const char* text) {
  std::FILE* file = std::fopen(name.c_str(), "w");
  std::fputs(text, file);
  std::fclose(file);
}

class TlsTest : public ServerTest {
 protected:
  TlsTest() {
    setup_.options.certificate_file = folder_ / "cert.pem";
    setup_.options.key_file = folder_ / "key.pem";
    write_certificate(setup_.options.certificate_file, setup_.options.key_file);
    on(Method::get, "/api/a", [](Call& call) {
      return Reply::text(std::string(100'000, 'x') + (call.secure ? "secure" : "open"));
    });
  }
};

TEST_F(TlsTest, AnswersOverTls) {
  start();
  for (int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(port(), version);
    ASSERT_TRUE(client.connect());
    const auto reply = client.talk("GET /api/a HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
    EXPECT_TRUE(reply.starts_with("HTTP/1.1 200 OK"));
    EXPECT_NE(reply.find("Strict-Transport-Security: max-age="), std::string::npos);
    EXPECT_TRUE(reply.ends_with("xsecure"));
    EXPECT_TRUE(client.ended_cleanly());
  }
}

TEST_F(TlsTest, RefusesOldVersionsAndPlainText) {
  setup_.options.header_timeout_ms = 400;
  start();
  EXPECT_FALSE(TlsClient(port(), TLS1_1_VERSION).connect());
  TestClient plain(port());
  plain.send("GET /api/a HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_EQ(plain.read().status, 0);
  TestClient silent(port());
  EXPECT_TRUE(silent.is_closed());
  TlsClient client(port(), TLS1_3_VERSION);
  EXPECT_TRUE(client.connect());
}

TEST_F(TlsTest, TakesNoSuiteWithoutForwardSecrecyOrWithCbc) {
  start();
  EXPECT_TRUE(TlsClient(port(), TLS1_2_VERSION).connect_with("ECDHE-ECDSA-AES128-GCM-SHA256"));
  EXPECT_TRUE(TlsClient(port(), TLS1_2_VERSION).connect_with("ECDHE-ECDSA-CHACHA20-POLY1305"));
  for (const char* suite :
       {"ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384", "ECDHE-ECDSA-AES128-CCM"})
    EXPECT_FALSE(TlsClient(port(), TLS1_2_VERSION).connect_with(suite)) << suite;
}

// Why the server does not start with what stands in the options.
TEST_F(TlsTest, SaysWhichFileIsUnusableAndWhy) {
  const auto options = setup_.options;
  const std::string certificate = options.certificate_file, key = options.key_file;
  const std::string other = folder_ / "other.pem", other_key = folder_ / "other_key.pem";
  write_certificate(other, other_key);
  const std::string none = folder_ / "none.pem", text = folder_ / "text.pem";
  write_file(text, "not a certificate\n");
  const std::string broken = folder_ / "broken.pem";
  write_file(broken, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
  const auto why = [&](const std::string& certificate_file, const std::string& key_file) {
    ServerSetup setup;
    setup.options = options;
    setup.options.certificate_file = certificate_file;
    setup.options.key_file = key_file;
    try {
      start_server(std::move(setup));
    } catch (const std::runtime_error& failure) {
      return std::string(failure.what());
    }
    return std::string();
  };
  EXPECT_EQ(why(none, key), "cannot use " + none + ": No such file or directory");
  EXPECT_EQ(why(certificate, none), "cannot use " + none + ": No such file or directory");
  EXPECT_EQ(why(text, key), "cannot use " + text + ": it is no PEM file");
  EXPECT_EQ(why(broken, key), "cannot use " + broken + ": it holds no usable certificate");
  EXPECT_EQ(why(certificate, certificate),
            "cannot use " + certificate + ": it holds no PRIVATE KEY");
  EXPECT_EQ(why(certificate, other_key),
            "cannot use " + other_key + ": the key does not belong to " + certificate);
  EXPECT_EQ(why(certificate, ""), "certificate is set and key is not: TLS needs both");
  EXPECT_EQ(why("", key), "key is set and certificate is not: TLS needs both");
  EXPECT_EQ(why(certificate, key), "");
}

TEST_F(TlsTest, TakesARenewedCertificateForNewConnections) {
  const std::string certificate = setup_.options.certificate_file, key = setup_.options.key_file;
  start();
  TlsClient before(port(), TLS1_3_VERSION);
  ASSERT_TRUE(before.connect());
  write_certificate(certificate, key);
  server_->reload_certificate();
  TlsClient after(port(), TLS1_3_VERSION);
  ASSERT_TRUE(after.connect());
  EXPECT_NE(before.fingerprint(), after.fingerprint());
  for (auto* client : {&before, &after})
    EXPECT_TRUE(client->talk("GET /api/a HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n")
                    .ends_with("xsecure"));
  // One that cannot be used leaves what is there.
  write_file(certificate, "half a file");
  EXPECT_THROW(server_->reload_certificate(), std::runtime_error);
  TlsClient still(port(), TLS1_3_VERSION);
  ASSERT_TRUE(still.connect());
  EXPECT_EQ(still.fingerprint(), after.fingerprint());
}

}  // namespace
}  // namespace fokus::net
