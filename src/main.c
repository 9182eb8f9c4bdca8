/* SPDX-License-Identifier: MIT */
/* main.c - arguments to the command line, nothing else. */
#include "cli/cli.h"

int main(int argc, char **argv)
{
    return ff_cli_main(argc, argv);
}
