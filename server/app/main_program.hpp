// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace fokus::app {

// The command line. Returns the exit code.
int run_program(int argc, char** argv);

}  // namespace fokus::app
