// SPDX-License-Identifier: Apache-2.0
// Comes before the first header of Asio or Beast in every file that has one.
#pragma once

#if defined(__GNUC__) && !defined(__clang__)
// g++ 12 sees these in coroutine frames and in Beast's optional once it optimises; both are wrong.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#if defined(__SANITIZE_THREAD__)
// The thread sanitizer does not know fences; Asio's queues lock a mutex anyway.
#define BOOST_ASIO_DISABLE_FENCED_BLOCK 1
#endif
