// SPDX-License-Identifier: Apache-2.0
#include "app/main_program.hpp"

int main(int argc, char** argv) { return fokus::app::run_program(argc, argv); }
