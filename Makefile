# FeastFrenzy: one executable for a company canteen.  `make help` lists the targets.
# Variables to override: CC CFLAGS PREFIX DESTDIR BUILD SAN (address,undefined | thread) WEB (none) WEB_DIST (dir)
# SQLITE (-lsqlite3: the shared one) V=1

BUILD  ?= build
PREFIX ?= /usr/local
CFLAGS ?= -O2 -g
WEB    ?= $(if $(wildcard web/build.mjs),app,none)
V      ?= 0
Q      := $(if $(filter 1,$(V)),,@)

VERSION   := 0.1.0
BUILD_ID  := $(shell git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
BUILD_AT  := $(or $(SOURCE_DATE_EPOCH),$(shell git log -1 --format=%ct 2>/dev/null || echo 0))

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes -Wmissing-prototypes \
        -Wold-style-definition -Wvla -Wformat=2 -Wundef -Wcast-qual -Wwrite-strings -Wnull-dereference -Wswitch \
        -Wimplicit-fallthrough -Wframe-larger-than=4096 -Werror
IS_GCC := $(shell $(CC) --version 2>/dev/null | grep -qiE 'free software|gcc' && echo yes)
ifeq ($(IS_GCC),yes)
WARN += -Wduplicated-cond -Wduplicated-branches -Wlogical-op
endif

HARDEN := -fstack-clash-protection -fcf-protection -fstack-protector-strong
ifneq ($(SAN),)
HARDEN += -fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer -DFF_SANITIZED
SANLINK := -fsanitize=$(SAN)
# red zones make frames larger, and ranges are lost on the way: these two are for what ships
WARN := $(filter-out -Wframe-larger-than=%,$(WARN)) $(if $(IS_GCC),-Wno-format-truncation)
else
HARDEN += -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
endif

PKGS     := sqlite3 libcjson libsodium libjwt libqrencode openssl
PKG_CFLAGS = $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
# Inside the program: the shared library calls itself through its table of links, 14,592 times a purchase.
SQLITE   ?= -l:libsqlite3.a
PKG_LIBS   = $(SQLITE) $(shell pkg-config --libs libcjson libsodium libjwt libqrencode 2>/dev/null) -lcivetweb -lssl

ALL_CFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE $(CFLAGS) $(WARN) $(HARDEN) -fPIE -pthread $(COV) \
             -Isrc -I$(BUILD) $(PKG_CFLAGS) -MMD -MP
ALL_LDFLAGS = -pie -pthread $(SANLINK) -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed $(COV) $(LDFLAGS)

# ---- sources: every .c file of src but main.c and the programs of the build ----
SRCS := $(sort $(filter-out src/gen/%,$(wildcard src/*/*.c src/*/*/*.c)))
WEB_OBJS := $(BUILD)/obj/gen/web_assets.o $(BUILD)/obj/gen/web_data.o
GEN_SRCS := $(BUILD)/gen/queries.c $(BUILD)/gen/migrations.c $(BUILD)/gen/seed.c $(BUILD)/gen/common_passwords.c
OBJS := $(SRCS:%.c=$(BUILD)/obj/%.o) $(GEN_SRCS:$(BUILD)/%.c=$(BUILD)/obj/%.o) $(WEB_OBJS)

QUERY_FILES  := $(sort $(wildcard sql/query/*.sql))
SCHEMA_FILES := $(sort $(wildcard sql/schema/*.sql))

UNIT    := $(sort $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/*.c)))
SERVICE := $(sort $(patsubst tests/service/%.c,%,$(wildcard tests/service/*.c)))
API     := $(sort $(patsubst tests/api/%.c,%,$(wildcard tests/api/*.c)))

.DEFAULT_GOAL := build
.PHONY: help build lib deps run demo programs check check-all test-unit test-service test-api test-cli test-fault test-replay \
        test-web test-e2e test-fuzz test-asan test-tsan fuzz fuzz-run fuzz-keep valgrind torture lint analyze format format-check openapi errors \
        record install uninstall clean replay bench bench-file bench-accept lunch grow instructions instructions-accept coverage sbom audit hooks

help: ## list the targets
	@grep -hE '^[a-z][a-zA-Z0-9-]*:.*##' $(MAKEFILE_LIST) | sed -E 's/^([^:]+):.*## /\1\t/' | \
	 awk -F'\t' '{ printf "  %-16s %s\n", $$1, $$2 }'

build: $(BUILD)/feastfrenzy ## build the program (BUILD=build)

lib: $(BUILD)/libfeast.a

$(BUILD)/feastfrenzy: $(BUILD)/obj/src/main.o $(BUILD)/libfeast.a
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $< $(BUILD)/libfeast.a $(PKG_LIBS) -lcrypto -lpthread -ldl -lm -rdynamic

$(BUILD)/libfeast.a: $(OBJS)
	@echo "  AR    $@"
	$(Q)rm -f $@ && $(AR) rcs $@ $(OBJS)

$(BUILD)/obj/%.o: %.c | $(BUILD)/gen/queries.h $(BUILD)/gen/version.h
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

# What the build needs is looked for once a build directory, so that a missing package is named as such.
$(BUILD)/deps.ok: packaging/deps.txt packaging/deps.sh
	@packaging/deps.sh missing build
	@mkdir -p $(@D) && touch $@

# Objects of tests are kept for the next build.
.PRECIOUS: $(BUILD)/obj/%.o

# ---- host tools ----
SQLGEN_SRCS := src/gen/sqlgen.c src/gen/sqlemit.c src/gen/sqlfail.c src/gen/sqlword.c
$(BUILD)/sqlgen: $(SQLGEN_SRCS) src/gen/sqlgen.h src/gen/sqlfail.h src/gen/sqlword.h | $(BUILD)/deps.ok
	@mkdir -p $(@D)
	@echo "  HOST  $@"
	$(Q)$(CC) -std=c11 -D_POSIX_C_SOURCE=200809L -O1 -g $(WARN) -o $@ $(SQLGEN_SRCS) $(shell pkg-config --cflags --libs sqlite3 libcrypto)

# sqlgen leaves a file alone whose content stays the same; the stamp says that it has run.
$(BUILD)/gen/sql.stamp: $(BUILD)/sqlgen $(QUERY_FILES) $(SCHEMA_FILES)
	@mkdir -p $(@D)
	@echo "  SQL   $(BUILD)/gen"
	$(Q)$(BUILD)/sqlgen $(BUILD)/gen sql/schema sql/query && touch $@
$(BUILD)/gen/queries.h $(BUILD)/gen/queries.c $(BUILD)/gen/migrations.c: $(BUILD)/gen/sql.stamp ;

# Written anew only when the text changes, so that what includes it is rebuilt only then.
$(BUILD)/gen/version.h: FORCE
	@mkdir -p $(@D)
	@printf '#define FF_VERSION "%s"\n#define FF_BUILD_ID "%s"\n#define FF_SOURCE_TIME INT64_C(%s)\n' \
	    '$(VERSION)' '$(BUILD_ID)' '$(BUILD_AT)' >$@.new
	@cmp -s $@.new $@ && rm -f $@.new || mv -f $@.new $@
.PHONY: FORCE

# ---- web files: bundle, compress, embed.  WEB=none: one page; WEB_DIST=dir: a ready bundle ----
WEB_MODE   := $(if $(WEB_DIST),dist,$(WEB))
WEB_DIR    := $(if $(WEB_DIST),$(abspath $(WEB_DIST)),$(abspath $(BUILD))/web$(if $(filter none,$(WEB)),-none))
WEB_INPUTS := $(shell find web -name node_modules -prune -o -type f -print)
WEB_PACKED := -name '*.html' -o -name '*.js' -o -name '*.css' -o -name '*.svg' -o -name '*.json' -o -name '*.webmanifest'

web/node_modules/.package-lock.json: web/package-lock.json | $(BUILD)/deps.ok
	@echo "  NPM   web"
	$(Q)cd web && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	$(Q)touch $@

$(BUILD)/web-app.stamp: web/node_modules/.package-lock.json $(WEB_INPUTS)
	@echo "  WEB   $(WEB_DIR)"
	@mkdir -p $(@D)
	$(Q)rm -rf $(WEB_DIR)
	$(Q)node web/build.mjs --out $(WEB_DIR)
	$(Q)find $(WEB_DIR) -type f \( $(WEB_PACKED) \) -exec brotli -q 11 -k -f {} + -exec gzip -9 -n -k -f {} +
	$(Q)touch $@
$(BUILD)/web-none.stamp: src/http/placeholder.html
	@mkdir -p $(WEB_DIR)
	$(Q)cp $< $(WEB_DIR)/index.html
	$(Q)touch $@
$(BUILD)/web-dist.stamp: $(if $(WEB_DIST),$(shell find $(WEB_DIST) -type f))
	@mkdir -p $(@D)
	$(Q)touch $@

$(BUILD)/webgen: src/gen/webgen.c | $(BUILD)/deps.ok
	@mkdir -p $(@D)
	@echo "  HOST  $@"
	$(Q)$(CC) -std=c11 -D_POSIX_C_SOURCE=200809L -O1 -g $(WARN) -o $@ $< $(shell pkg-config --cflags --libs libsodium)
$(BUILD)/gen/web.mode: FORCE
	@mkdir -p $(@D)
	@echo '$(WEB_MODE) $(WEB_DIR)' >$@.new
	@cmp -s $@.new $@ && rm -f $@.new || mv -f $@.new $@
$(BUILD)/gen/web_assets.c: $(BUILD)/webgen $(BUILD)/gen/web.mode $(BUILD)/web-$(WEB_MODE).stamp
	@echo "  EMBED $(WEB_DIR)"
	$(Q)$(BUILD)/webgen $(BUILD)/gen $(WEB_DIR)
$(BUILD)/gen/web_data.S: $(BUILD)/gen/web_assets.c ;
$(BUILD)/obj/gen/web_data.o: $(BUILD)/gen/web_data.S
	@mkdir -p $(@D)
	$(Q)$(CC) -c -o $@ $<

SEED := sql/seed/products.csv sql/seed/employees.csv sql/seed/art.csv
$(BUILD)/embed: src/gen/embed.c | $(BUILD)/deps.ok
	@mkdir -p $(@D)
	@echo "  HOST  $@"
	$(Q)$(CC) -std=c11 -O1 -g $(WARN) -o $@ $<
$(BUILD)/gen/seed.c: $(BUILD)/embed $(SEED)
	@mkdir -p $(@D)
	$(Q)$(BUILD)/embed $(foreach f,$(SEED),$(basename $(notdir $(f))) $(f)) >$@.new && mv $@.new $@

# ---- passwords that are refused ----
$(BUILD)/wordgen: src/gen/wordgen.c src/base/word_hash.h | $(BUILD)/deps.ok
	@mkdir -p $(@D)
	@echo "  HOST  $@"
	$(Q)$(CC) -std=c11 -O1 -g $(WARN) -Isrc -o $@ $<
$(BUILD)/gen/common_passwords.c: $(BUILD)/wordgen src/gen/common-passwords.txt
	@mkdir -p $(@D)
	$(Q)$(BUILD)/wordgen src/gen/common-passwords.txt >$@.new && mv $@.new $@

# ---- tests: one program a file, linked with libfeast.a and tests/lib ----
TEST_LIB := $(BUILD)/libtest.a
$(TEST_LIB): $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard tests/lib/*.c))
	$(Q)rm -f $@ && $(AR) rcs $@ $^
$(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(TEST_LIB) $(BUILD)/libfeast.a
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_LDFLAGS) $(TEST_WRAPPED:%=-Wl,--wrap=%) -o $@ $< -Wl,--start-group $(TEST_LIB) $(BUILD)/libfeast.a -Wl,--end-group $(shell pkg-config --libs check) $(PKG_LIBS) -lcrypto -lpthread -ldl -lm -rdynamic

# tests/lib/argon.c stands before these: fixtures have a password whose hash is known.
TEST_WRAPPED := crypto_pwhash_str_alg crypto_pwhash_str_verify

# db_torture fails these calls of our own code one by one.
WRAPPED := calloc mkdir mkstemp rename link fsync fchmod statfs ftruncate pwrite write read fopen open pthread_create \
           sqlite3_step sqlite3_prepare_v2 sqlite3_prepare_v3 sqlite3_exec sqlite3_backup_init sqlite3_backup_step \
           sqlite3_wal_checkpoint_v2 sqlite3_open_v2 EVP_DigestUpdate
$(BUILD)/tests/service/db_torture: LDFLAGS += $(WRAPPED:%=-Wl,--wrap=%)
# The engine stays outside of these two, or its own calls would be failed too.
$(BUILD)/tests/service/db_torture $(BUILD)/tests/service/ledger_torture: SQLITE = -lsqlite3
# And ledger_torture these of the layers below it.
LEDGER_WRAPPED := realloc ff_arena_new ff_arena_alloc ff_arena_strndup ff_arena_printf ff_db_query ff_db_row ff_db_run
$(BUILD)/tests/service/ledger_torture: LDFLAGS += $(LEDGER_WRAPPED:%=-Wl,--wrap=%)
# And faults these of a request.
FAULTS_WRAPPED := ff_arena_new ff_arena_alloc ff_arena_strndup ff_db_query ff_db_row ff_db_run ff_dispatch
$(BUILD)/tests/api/faults: LDFLAGS += $(FAULTS_WRAPPED:%=-Wl,--wrap=%)

test-unit: $(UNIT:%=$(BUILD)/tests/unit/%) ## unit tests
	$(Q)tests/lib/run.sh unit $^
test-service: $(SERVICE:%=$(BUILD)/tests/service/%) ## services against a real database
	$(Q)tests/lib/run.sh service $^
test-api: $(API:%=$(BUILD)/tests/api/%) ## the API, with and without a socket
	$(Q)tests/lib/run.sh api $^

test-cli: $(BUILD)/feastfrenzy ## the command line: every command, every exit code
	$(Q)FF_PROGRAM=$(abspath $<) tests/lib/node.sh cli node --test --test-concurrency=2 tests/cli/*.test.mjs tests/bench/bench/*.test.mjs
# The same program with synchronous=OFF (0) or NORMAL (1): the proof of durability must catch both.
$(BUILD)/tests/feastfrenzy-sync%: $(BUILD)/obj/src/main.o $(BUILD)/libfeast.a src/db/conn.c
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) -DFF_SYNCHRONOUS='"$*"' -c -o $@.o src/db/conn.c
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $< $@.o $(BUILD)/libfeast.a $(PKG_LIBS) -lcrypto -lpthread -ldl -lm -rdynamic

test-fault: $(BUILD)/feastfrenzy $(BUILD)/tests/record.so $(BUILD)/tests/feastfrenzy-sync0 $(BUILD)/tests/feastfrenzy-sync1 ## crowds, stops under load, kill -9, durable before said
	$(Q)FF_PROGRAM=$(abspath $<) tests/lib/node.sh parallel node --test tests/fault/parallel.mjs
	$(Q)FF_PROGRAM=$(abspath $<) tests/lib/node.sh login node --test tests/fault/login.mjs
	$(Q)FF_PROGRAM=$(abspath $<) tests/lib/node.sh bank node tests/fault/bank.mjs
	$(Q)FF_PROGRAM=$(abspath $<) tests/lib/node.sh kill node tests/fault/kill.mjs
	$(Q)FF_PROGRAM=$(abspath $<) tests/lib/node.sh stop node tests/fault/stop.mjs
	$(Q)FF_PROGRAM=$(abspath $<) tests/lib/node.sh audit node tests/fault/audit.mjs
	$(Q)FF_PROGRAM=$(abspath $<) tests/lib/node.sh flood node tests/fault/flood.mjs
	$(Q)FF_PROGRAM=$(abspath $<) tests/lib/node.sh durability node tests/fault/durability.mjs $(abspath $(BUILD))/tests/record.so
	$(Q)for n in 0 1; do tests/lib/node.sh undurable$$n node tests/fault/durability.mjs $(abspath $(BUILD))/tests/record.so \
	    $(abspath $(BUILD))/tests/feastfrenzy-sync$$n --expect-broken || exit 1; done
test-replay: $(BUILD)/feastfrenzy ## one week of a real till, bought again
	$(Q)FF_PROGRAM=$(abspath $<) tests/lib/node.sh replay node tests/replay/replay.mjs --weeks 1
	$(Q)FF_PROGRAM=$(abspath $<) tests/lib/node.sh replay node tests/replay/replay.mjs --weeks 1 --zone Europe/Budapest
test-web: web/node_modules/.package-lock.json $(if $(filter app,$(WEB_MODE)),$(BUILD)/gen/web_assets.c) ## the web's own units, types and sizes
	$(Q)tests/lib/node.sh web node tests/web/unit/run.mjs
	$(Q)$(if $(filter app,$(WEB_MODE)),tests/lib/node.sh budget node web/budget.mjs $(WEB_DIR))
	$(Q)cd web && ../tests/lib/node.sh types npx --no-install tsc --noEmit
test-e2e: $(BUILD)/feastfrenzy web/node_modules/.package-lock.json ## journeys and every screen in Chromium
	$(Q)FF_PROGRAM=$(abspath $<) tests/lib/node.sh e2e node --test --test-concurrency=1 tests/web/e2e/*.test.mjs

$(BUILD)/tests/record.so: tests/fault/record.c
$(BUILD)/tests/bench/slow_fsync.so: tests/bench/slow_fsync.c
$(BUILD)/tests/record.so $(BUILD)/tests/bench/slow_fsync.so:
	@mkdir -p $(@D)
	@echo "  SO    $@"
	$(Q)$(CC) -std=c11 $(CFLAGS) $(filter-out -Wpedantic,$(WARN)) -fPIC -shared -o $@ $< -ldl -lpthread

# The bad input once more, watched byte by byte. Memory that is never given back counts only when nothing points to it.
VALGRIND := valgrind --quiet --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite \
            --show-leak-kinds=definite
valgrind: $(BUILD)/tests/api/bad_socket $(BUILD)/tests/api/bad_body ## the bad-input lists under valgrind
	$(Q)command -v valgrind >/dev/null || { echo "valgrind: not here (apt install valgrind): skipped"; exit 0; }; \
	 for t in $^; do $(VALGRIND) $$t || exit 1; done

# ---- fuzzing: each file of tests/fuzz but replay.c is a harness, its inputs are in tests/fuzz/corpus ----
FUZZ         := $(filter-out replay,$(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c)))
FUZZ_SECONDS ?= 120
FUZZ_BUILD   := $(BUILD)/fuzz
$(BUILD)/replay/%: $(BUILD)/obj/tests/fuzz/%.o $(BUILD)/obj/tests/fuzz/replay.o $(BUILD)/libfeast.a
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) -lcrypto -lpthread -ldl -lm -rdynamic
test-fuzz: $(FUZZ:%=$(BUILD)/replay/%) ## every kept fuzz input once, in the usual build
	$(Q)tests/fuzz/run.sh replay $^
fuzz: deps ## fuzz each harness for FUZZ_SECONDS=120, with clang, ASan and UBSan
	$(Q)$(MAKE) --no-print-directory BUILD=$(FUZZ_BUILD) CC=clang SAN=address,undefined,fuzzer-no-link WEB=none \
	    CFLAGS='-O1 -g' FUZZ_SECONDS=$(FUZZ_SECONDS) fuzz-run
fuzz-run: $(FUZZ:%=$(BUILD)/fuzzers/%)
	$(Q)tests/fuzz/run.sh fuzz $(FUZZ_SECONDS) $(BUILD) $^
fuzz-keep: ## take what `make fuzz` has found into tests/fuzz/corpus, as few inputs as reach the same
	$(Q)tests/fuzz/run.sh keep $(FUZZ_BUILD) $(FUZZ:%=$(FUZZ_BUILD)/fuzzers/%)
$(BUILD)/fuzzers/%: $(BUILD)/obj/tests/fuzz/%.o $(BUILD)/libfeast.a
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(PKG_LIBS) -lcrypto -lpthread -ldl -lm -rdynamic

FF_JOBS ?= $(shell nproc)
export FF_JOBS CK_TIMEOUT_MULTIPLIER
# All test programs, built by as many at once as there are processors, before one after the other is run.
PROGRAMS := $(UNIT:%=$(BUILD)/tests/unit/%) $(SERVICE:%=$(BUILD)/tests/service/%) $(API:%=$(BUILD)/tests/api/%) $(FUZZ:%=$(BUILD)/replay/%)
programs: $(PROGRAMS)
TOGETHER = $(MAKE) --no-print-directory $(if $(filter -j%,$(MAKEFLAGS)),,-j$(FF_JOBS))
# ---- the same tests, watched by the compiler's sanitizers: memory and undefined behaviour, then races ----
SAN_TESTS := test-unit test-service test-api test-fuzz
ASAN := BUILD=$(BUILD)/asan SAN=address,undefined WEB=none CFLAGS='-O1 -g' FF_JOBS=2 CK_TIMEOUT_MULTIPLIER=8
TSAN := BUILD=$(BUILD)/tsan SAN=thread WEB=none CFLAGS='-O1 -g' FF_JOBS=2 CK_TIMEOUT_MULTIPLIER=8
test-asan: deps ## unit, service and API tests with AddressSanitizer and UBSan
	+$(Q)$(TOGETHER) $(ASAN) programs
	$(Q)$(MAKE) --no-print-directory $(ASAN) $(SAN_TESTS)
test-tsan: deps ## unit, service and API tests with ThreadSanitizer
	+$(Q)$(TOGETHER) $(TSAN) programs
	$(Q)$(MAKE) --no-print-directory $(TSAN) $(filter-out test-fuzz,$(SAN_TESTS))

# ---- the same tests for an hour: other seeds, larger numbers ----
TORTURE_SEEDS ?= 1 2 3 4 5
torture: $(BUILD)/feastfrenzy $(BUILD)/tests/service/ledger_model $(BUILD)/tests/service/invariants $(BUILD)/tests/service/db_torture $(BUILD)/tests/service/ledger_torture ## long runs: 100,000 bookings a seed and what must hold after them, a minute of a bank, 200 kills, the whole till, a minute of flood, two of memory
	$(Q)for seed in $(TORTURE_SEEDS); do echo "seed $$seed"; FF_SEED=$$seed FF_COMMANDS=100000 CK_TIMEOUT_MULTIPLIER=20 \
	    tests/lib/run.sh model $(BUILD)/tests/service/ledger_model $(BUILD)/tests/service/invariants || exit 1; done
	$(Q)FF_PROGRAM=$(abspath $<) tests/lib/node.sh bank node tests/fault/bank.mjs 60
	$(Q)FF_EVERY_CALL=1 tests/lib/run.sh torture $(BUILD)/tests/service/db_torture $(BUILD)/tests/service/ledger_torture
	$(Q)FF_PROGRAM=$(abspath $<) tests/lib/node.sh kill node tests/fault/kill.mjs 200
	$(Q)FF_PROGRAM=$(abspath $<) tests/lib/node.sh flood node tests/fault/flood.mjs 30
	$(Q)FF_PROGRAM=$(abspath $<) tests/lib/node.sh memory node tests/fault/memory.mjs 120
	$(Q)FF_PROGRAM=$(abspath $<) tests/lib/node.sh replay node tests/replay/replay.mjs

CHECKS := test-unit test-service test-api test-fuzz test-cli test-fault test-replay test-web test-e2e instructions lint
check: deps ## everything: install what is missing, build, all tests, lint
	+$(Q)$(TOGETHER) build programs
	$(Q)$(MAKE) --no-print-directory check-all
check-all: build
	$(Q)MAKE="$(MAKE)" tests/lib/check.sh $(CHECKS)

# ---- everyday ----
DEPS_FOR := $(if $(filter run,$(MAKECMDGOALS)),build,$(or $(filter bench fuzz,$(MAKECMDGOALS)),check))
deps: ## install what is missing, as root or with sudo; touches nothing that is there
	$(Q)packaging/deps.sh install $(DEPS_FOR)
run: deps ## install what is missing, build, and look at the demo
	$(Q)$(MAKE) --no-print-directory demo
demo: build ## a sample canteen on http://127.0.0.1:8080, gone at exit
	$(Q)$(BUILD)/feastfrenzy demo $(if $(DISPLAY)$(WAYLAND_DISPLAY),--open) $(DEMO)

openapi: build ## accept the API as it is: write tests/golden/openapi.json
	$(Q)$(BUILD)/feastfrenzy openapi >tests/golden/openapi.json

record: build ## accept what is kept about people: write packaging/doc/records-of-processing.md
	$(Q)$(BUILD)/feastfrenzy privacy record >packaging/doc/records-of-processing.md
errors: $(BUILD)/tests/api/errors ## accept the errors as they are: write tests/golden/errors
	$(Q)mkdir -p tests/golden/errors && rm -f tests/golden/errors/*.http && FF_ACCEPT=1 $<

C_FILES = $(shell find src tests -name '*.[ch]')
lint: build ## layers, names, contracts, formats, golden files
	$(Q)MAKE="$(MAKE)" tests/lint/run.sh $(abspath $(BUILD))/feastfrenzy $(abspath $(BUILD))/libfeast.a
# A file is looked at again when its object had to be built again.  The path engine of clang looks less deep than it can,
# because that of gcc goes there: together they need two minutes instead of ten.
ANALYZED := $(patsubst %.c,$(BUILD)/analyze/%.ok,$(SRCS) src/main.c)
SHALLOW  := $(foreach word,-Xclang -analyzer-config -Xclang mode=shallow,--extra-arg=$(word))
analyze: $(ANALYZED) ## gcc -fanalyzer, clang-tidy and cppcheck over what has changed since the last time
$(BUILD)/analyze/%.ok: $(BUILD)/obj/%.o .clang-tidy tests/lint/analyze.sh
	@mkdir -p $(@D)
	$(Q)tests/lint/analyze.sh $*.c "$(SHALLOW)" -std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -Isrc -I$(BUILD) $(PKG_CFLAGS)
	@touch $@
format: ## clang-format all of our C
	$(Q)clang-format -i $(C_FILES)
format-check: ## is all of our C formatted?
	$(Q)clang-format --dry-run --Werror $(C_FILES)

install: build ## install program, manual and unit file (PREFIX, DESTDIR)
	install -D -m 0755 $(BUILD)/feastfrenzy $(DESTDIR)$(PREFIX)/bin/feastfrenzy
	install -D -m 0644 packaging/man/feastfrenzy.1 $(DESTDIR)$(PREFIX)/share/man/man1/feastfrenzy.1
	mkdir -p $(DESTDIR)$(PREFIX)/lib/systemd/system
	sed 's|/usr/bin/feastfrenzy|$(PREFIX)/bin/feastfrenzy|' packaging/systemd/feastfrenzy.service \
	    >$(DESTDIR)$(PREFIX)/lib/systemd/system/feastfrenzy.service
uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/feastfrenzy $(DESTDIR)$(PREFIX)/share/man/man1/feastfrenzy.1 \
	    $(DESTDIR)$(PREFIX)/lib/systemd/system/feastfrenzy.service

LUNCH_SECONDS ?= $(if $(CI),60,300)
LUNCH_RATE ?= 800
GROW ?= 1000000
grow: $(BUILD)/tests/bench/grow ## what the same work costs in a file of 10,000 purchases, 100,000, ... GROW=1000000
	$(Q)$< $(GROW) | tee $(BUILD)/grow.csv
instructions: $(BUILD)/tests/bench/instructions ## instructions a request, compared with what was accepted
	$(Q)tests/bench/instructions.sh $< tests/bench/instructions.txt
instructions-accept: $(BUILD)/tests/bench/instructions ## accept what a request costs: write tests/bench/instructions.txt
	$(Q)tests/bench/instructions.sh $< tests/bench/instructions.txt accept

replay: $(BUILD)/feastfrenzy ## all six months of the till
	$(Q)FF_PROGRAM=$(abspath $<) node tests/replay/replay.mjs
	$(Q)FF_PROGRAM=$(abspath $<) node tests/replay/replay.mjs --zone Europe/Budapest
# CivetWeb and nothing of ours but its settings: with libfeast.a, compat.c would stand in for parts of it.
$(BUILD)/tests/bench/bare_http: $(BUILD)/obj/tests/bench/bare_http.o $(BUILD)/obj/src/http/options.o
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ -lcivetweb -lpthread -ldl
BENCH_PROGRAMS := $(patsubst tests/bench/%.c,$(BUILD)/tests/bench/%,$(wildcard $(addprefix tests/bench/,bare_http.c bare_rows.c lunch.c sign_in.c))) \
                  $(BUILD)/tests/bench/slow_fsync.so
# A million purchases by 5,000 people over five years: made once, again when the schema has changed.
BENCH_FILE := $(BUILD)/bench/grown
bench-file: $(BENCH_FILE).ok ## the files of a million purchases that bench copies, ours and the peer's
$(BUILD)/bench/schema: FORCE
	@mkdir -p $(@D)
	@cat $(SCHEMA_FILES) | cksum >$@.new
	@cmp -s $@.new $@ && rm -f $@.new || mv -f $@.new $@
$(BENCH_FILE).ok: $(BUILD)/bench/schema | $(BUILD)/tests/bench/grow
	$(Q)rm -rf $(BENCH_FILE)
	$(Q)$(BUILD)/tests/bench/grow --keep $(BENCH_FILE) 1000000 5000 500 1825
	$(Q)BUILD=$(abspath $(BUILD)) node tests/bench/bench/files.mjs
	@touch $@
bench: deps $(BUILD)/feastfrenzy $(BENCH_PROGRAMS) $(BENCH_FILE).ok ## every figure that has a goal, beside the peer program and the bare limits
	$(Q)BUILD=$(abspath $(BUILD)) FF_PROGRAM=$(abspath $(BUILD)/feastfrenzy) node tests/bench/bench.mjs
bench-accept: ## quote the last run of bench in the READMEs
	$(Q)BUILD=$(abspath $(BUILD)) node tests/bench/bench/accept.mjs
lunch: $(BUILD)/feastfrenzy $(BUILD)/tests/bench/lunch $(BUILD)/tests/bench/sign_in ## a thousand people at lunch, LUNCH_SECONDS=300, LUNCH_RATE=800 requests a second
	$(Q)BUILD=$(abspath $(BUILD)) FF_PROGRAM=$(abspath $<) node tests/bench/lunch.mjs $(LUNCH_SECONDS) $(LUNCH_RATE)
# Floors: all of src, and the parts where a missed line costs money or a secret.
COV_BUILD  := $(BUILD)/cov
COV_STRICT := src/base/money.c|src/domain/ledger/.*|src/auth/.*|src/http/guard.c|src/json/scan.c
GCOVR      := gcovr -r . --object-directory $(COV_BUILD) --exclude 'tests/.*' --exclude 'src/gen/.*' --exclude '.*/gen/.*' \
              --exclude-unreachable-branches --exclude-throw-branches
COVERED := BUILD=$(COV_BUILD) COV='--coverage -fprofile-update=atomic' CFLAGS='-O1 -g'
coverage: ## lines and branches that the tests reach, with floors
	+$(Q)$(TOGETHER) $(COVERED) build programs
	$(Q)$(MAKE) --no-print-directory $(COVERED) test-unit test-service test-api test-cli
	$(Q)$(GCOVR) --filter '$(COV_STRICT)' --print-summary --fail-under-line 98 --fail-under-branch 92 >/dev/null
	$(Q)$(GCOVR) --filter 'src/.*' --sort-uncovered --print-summary --fail-under-line 90 --fail-under-branch 80
sbom: $(BUILD)/feastfrenzy ## what the program is made of, as SPDX JSON
	$(Q)node packaging/supply/sbom.mjs $(abspath $<) >$(BUILD)/feastfrenzy.spdx.json.new
	$(Q)mv $(BUILD)/feastfrenzy.spdx.json.new $(BUILD)/feastfrenzy.spdx.json
	@echo "  SBOM  $(BUILD)/feastfrenzy.spdx.json"
audit: ## known defects of the installed libraries, secrets in the repository
	$(Q)node packaging/supply/audit.mjs
hooks: ## let git run format, lint and unit tests before a commit
	git config core.hooksPath packaging/hooks

clean: ## remove what was built
	rm -rf $(BUILD)

-include $(wildcard $(BUILD)/obj/src/*.d $(BUILD)/obj/src/*/*.d $(BUILD)/obj/src/*/*/*.d $(BUILD)/obj/tests/*/*.d $(BUILD)/obj/gen/*.d)
