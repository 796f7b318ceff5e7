// SPDX-License-Identifier: Apache-2.0
// Whom an outgoing call believes.
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "net/server.hpp"
#include "platform/http_out.hpp"

namespace fokus::outgoing {
namespace {

namespace fs = std::filesystem;

constexpr long one_day_s = 86'400;

// Of localhost, signed by itself, good for one day from that many seconds from now.
void write_certificate(const fs::path& certificate_file, const fs::path& key_file, long from_s) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), from_s);
  X509_gmtime_adj(X509_getm_notAfter(certificate), from_s + one_day_s);
  X509_set_pubkey(certificate, key);
  X509_NAME* name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  X509_EXTENSION* names =
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "DNS:localhost");
  X509_add_ext(certificate, names, -1);
  X509_EXTENSION_free(names);
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

class OutgoingTls : public testing::Test {
 protected:
  OutgoingTls() {
    char name[] = "/tmp/fokus-tls-out-XXXXXX";
    folder_ = ::mkdtemp(name);
  }
  ~OutgoingTls() override {
    server_.reset();
    fs::remove_all(folder_);
  }
  void start(long from_s) {
    write_certificate(folder_ / "cert.pem", folder_ / "key.pem", from_s);
    net::ServerSetup setup;
    setup.options.port = 0;
    setup.options.io_threads = 1;
    setup.options.certificate_file = folder_ / "cert.pem";
    setup.options.key_file = folder_ / "key.pem";
    setup.options.spool_folder = folder_;
    setup.routes.push_back(
        {net::Method::get, "/a", [](net::Call&) { return net::Reply::text("over TLS"); }});
    server_ = net::start_server(std::move(setup));
  }
  // What comes of a call to that name of the server by somebody who trusts its certificate, or not.
  Outcome call(const std::string& name, bool trusts_it) {
    const std::string host = name + ":" + std::to_string(server_->port());
    Options options;
    options.private_hosts = *PrivateHosts::parse({host});
    if (trusts_it) options.certificates = folder_ / "cert.pem";
    Request request;
    request.url = "https://" + host + "/a";
    request.hosts = {host};
    return make_http_out(std::move(options))->send(request);
  }

  fs::path folder_;
  std::unique_ptr<net::Server> server_;
};

TEST_F(OutgoingTls, BelievesTheCertificateThatItIsGiven) {
  start(0);
  const auto out = call("localhost", true);
  ASSERT_TRUE(out.ok()) << failure_name(out.failure);
  EXPECT_EQ(out.answer.body, "over TLS");
}

TEST_F(OutgoingTls, BelievesNobodyElse) {
  start(0);
  EXPECT_EQ(call("localhost", false).failure, Failure::tls);
}

TEST_F(OutgoingTls, BelievesNoCertificateOfAnotherName) {
  start(0);
  EXPECT_EQ(call("127.0.0.1", true).failure, Failure::tls);
}

TEST_F(OutgoingTls, BelievesNoneThatHasExpired) {
  start(-2 * one_day_s);
  EXPECT_EQ(call("localhost", true).failure, Failure::tls);
}

}  // namespace
}  // namespace fokus::outgoing
