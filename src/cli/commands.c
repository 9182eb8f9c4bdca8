/* SPDX-License-Identifier: MIT */
/* commands.c - the table of commands and the search in it. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

#include "app/nearest.h"

#define SECRET_NOTE                                                                                \
    "Secrets are never given as arguments, where every user of the machine could read them."

/* clang-format off */
const struct ff_command_row ff_command_rows[FF_CMD_COUNT] = {
    [FF_CMD_SERVE] = { "serve", "", 0, 0, "run", "run the server in the foreground",
      "It ends gracefully on SIGTERM or Ctrl-C; a second signal ends it at once.",
      .run = ff_cmd_serve },
    [FF_CMD_DEMO] = { "demo", "", 0, 0, NULL, "throw-away server with a sample canteen",
      "A works canteen with 65 dishes, 20 people and 90 days of purchases, in a private temporary\n"
      "directory that is removed at exit. Listens on this machine only unless --listen says else.",
      .run = ff_cmd_demo },
    [FF_CMD_INIT] = { "init", "", 0, 0, "set up", "make the data directory and the database",
      "Currency, decimals and time zone are fixed for the life of the database: money would change\n"
      "its meaning otherwise. Example:\n"
      "  feastfrenzy init --name \"Works canteen\" --currency HUF --decimals 0 --tz Europe/Budapest",
      .run = ff_cmd_init },
    [FF_CMD_SITE] = { "site", "[NAME VALUE]", 0, 2, NULL, "show or change the canteen's settings",
      "Amounts are in minor units, null switches a setting off. Examples:\n"
      "  feastfrenzy site undoSeconds 120\n"
      "  feastfrenzy site approvalAbove 10000", .run = ff_cmd_site },
    [FF_CMD_USER_ADD] = { "user add", "EMAIL", 1, 1, NULL, "make an account for signing in",
      SECRET_NOTE " Example:\n"
      "  feastfrenzy user add anna@canteen.example --name \"Anna Fekete\" --role admin",
      .run = ff_cmd_user_add },
    [FF_CMD_USER_LIST] = { "user list", "", 0, 0, NULL, "list the accounts", NULL,
      .run = ff_cmd_user_list },
    [FF_CMD_USER_SESSIONS] = { "user sessions", "EMAIL", 1, 1, NULL,
      "show where an account is signed in", NULL, .run = ff_cmd_user_sessions },
    [FF_CMD_USER_LOGOUT] = { "user logout", "EMAIL", 1, 1, NULL,
      "end all sessions of an account", "Its access ends with the next request.",
      .run = ff_cmd_user_logout },
    [FF_CMD_CACHE_SHOW] = { "cache show", "", 0, 0, NULL, "tell how well the cache of replies does",
      NULL, .run = ff_cmd_cache_show },
    [FF_CMD_CACHE_FLUSH] = { "cache flush", "", 0, 0, NULL, "forget all cached replies",
      "They are made anew when they are asked for. Nothing is lost.", .run = ff_cmd_cache_flush },
    [FF_CMD_KEYS_LIST] = { "keys list", "", 0, 0, NULL, "list the keys that sign tokens",
      "The newest signs. An older one opens requests for a quarter of an hour more, and takes\n"
      "sessions back for as long as they live; then it is removed.", .run = ff_cmd_keys_list },
    [FF_CMD_KEYS_ROTATE] = { "keys rotate", "", 0, 0, NULL, "sign with a new key from now on",
      "Nobody is signed out. A server does this by itself every 90 days.",
      .run = ff_cmd_keys_rotate },
    [FF_CMD_KEYS_REVOKE] = { "keys revoke", "KID", 1, 1, NULL, "remove a key at once",
      "For a key that others may have seen: whoever signed in with it must do so again.",
      .run = ff_cmd_keys_revoke },
    [FF_CMD_USER_INVITE] = { "user invite", "[NUMBER|FILE.csv]", 0, 1, NULL,
      "let people make their own accounts",
      "A person by number gets a code; --all and a file with the column employeeNumber give a sheet of\n"
      "cards to cut out (HTML), with QR codes when --public-url says where the canteen is. A code is\n"
      "good for a week, once, at the page /welcome. Who has an account is left out. With --by-mail who\n"
      "has an e-mail gets a message instead (the server must run with --mail). Example:\n"
      "  feastfrenzy user invite --all --public-url https://canteen.lan --sheet invitations.html",
      .run = ff_cmd_user_invite },
    [FF_CMD_USER_SHOW] = { "user show", "EMAIL", 1, 1, NULL, "show one account", NULL,
      .run = ff_cmd_user_show },
    [FF_CMD_USER_PASSWD] = { "user passwd", "EMAIL", 1, 1, NULL, "set an account's password",
      "All its sessions end, and a lock-out with them. " SECRET_NOTE, .run = ff_cmd_user_passwd },
    [FF_CMD_USER_OTP] = { "user otp", "EMAIL", 1, 1, NULL, "print a one-time code to sign in with",
      "For who is locked out: good once, for 15 minutes. It also ends the lock-out.",
      .run = ff_cmd_user_otp },
    [FF_CMD_USER_ROLE] = { "user role", "EMAIL ROLE", 2, 2, NULL, "change what an account may do",
      "ROLE is employee, manager or admin. It acts on the account's next request. Example:\n"
      "  feastfrenzy user role bela@canteen.example manager --site-wide", .run = ff_cmd_user_role },
    [FF_CMD_USER_LOCK] = { "user lock", "EMAIL", 1, 1, NULL, "switch an account off",
      "All its sessions end. At least one active administrator stays.", .run = ff_cmd_user_lock },
    [FF_CMD_USER_UNLOCK] = { "user unlock", "EMAIL", 1, 1, NULL,
      "switch it on again, or end a lock-out", NULL, .run = ff_cmd_user_unlock },
    [FF_CMD_MAIL_LIST] = { "mail list", "", 0, 0, NULL,
      "list the messages that wait or could not be sent", NULL, .run = ff_cmd_mail_list },
    [FF_CMD_KIOSK_ADD] = { "kiosk add", "NAME", 1, 1, NULL, "make a kiosk, print its pairing code",
      "Open /kiosk in the kiosk's browser and type the code there. It works once and not for long;\n"
      "get another with: feastfrenzy kiosk code NAME", .run = ff_cmd_kiosk_add },
    [FF_CMD_KIOSK_LIST] = { "kiosk list", "", 0, 0, NULL, "list the kiosks", NULL,
      .run = ff_cmd_kiosk_list },
    [FF_CMD_KIOSK_CODE] = { "kiosk code", "NAME", 1, 1, NULL, "print a new pairing code", NULL,
      .run = ff_cmd_kiosk_code },
    [FF_CMD_KIOSK_PAIR] = { "kiosk pair", "CODE", 1, 1, NULL, "confirm the code a kiosk shows",
      "A browser that opens /kiosk shows a code until somebody confirms it. Example:\n"
      "  feastfrenzy kiosk pair K7QM-2XV9 --name \"Kiosk 1\"\n"
      "The name of a revoked kiosk pairs that one again.", .run = ff_cmd_kiosk_pair },
    [FF_CMD_KIOSK_RENAME] = { "kiosk rename", "NAME NEW-NAME", 2, 2, NULL, "rename a kiosk", NULL,
      .run = ff_cmd_kiosk_rename },
    [FF_CMD_KIOSK_REVOKE] = { "kiosk revoke", "NAME", 1, 1, NULL,
      "take a kiosk out of service at once",
      "Whoever stands there is signed out, and the screen asks to be paired again. Its purchases\n"
      "stay.", .run = ff_cmd_kiosk_revoke },
    [FF_CMD_EMPLOYEE_LIST] = { "employee list", "", 0, 0, NULL, "list the employees", NULL,
      .run = ff_cmd_employee_list },
    [FF_CMD_EMPLOYEE_PIN] = { "employee pin", "NUMBER", 1, 1, NULL, "set a person's kiosk PIN",
      SECRET_NOTE " Example:\n  feastfrenzy employee pin EMP001", .run = ff_cmd_employee_pin },
    [FF_CMD_EMPLOYEE_EXPORT] = { "employee export", "NUMBER", 1, 1, NULL,
      "print all that is kept about a person",
      "For the person's right to a copy: master data, account, badges, wallet, purchases, who looked.\n"
      "Example:\n  feastfrenzy employee export EMP001 --format csv --out emp001.csv",
      .run = ff_cmd_employee_export },
    [FF_CMD_EMPLOYEE_ERASE] = { "employee erase", "NUMBER", 1, 1, NULL,
      "forget who a person was; the books stay",
      "Name, number, address, PIN, badges and sign-in go for good, from the file too. Money must be\n"
      "settled: paid before, or by --settle. Example:\n"
      "  feastfrenzy employee erase EMP001 --reason \"left the company\" --settle payout",
      .run = ff_cmd_employee_erase },
    [FF_CMD_EMPLOYEE_BADGE] = { "employee badge", "[ACTION] NUMBER [ID]", 1, 3, NULL,
      "badges of a person: add list block unblock remove code", SECRET_NOTE "\n"
      "A badge reader types the number: run `employee badge add NUMBER`, then hold the badge to the\n"
      "reader. A lost one: `employee badge list NUMBER` tells its ID, and `employee badge block\n"
      "NUMBER ID` stops it at once. `employee badge code NUMBER` prints a code with which the person\n"
      "links a badge at a kiosk. Without an action: add.", .run = ff_cmd_employee_badge },
    [FF_CMD_EMPLOYEE_SET] = { "employee set", "NUMBER", 1, 1, NULL,
      "change a person's group and what they may spend",
      "What a person has not is as their group says, else as the site says. Example:\n"
      "  feastfrenzy employee set EMP001 --group Trainees --daily-limit 15.00", .run = ff_cmd_employee_set },
    [FF_CMD_EMPLOYEE_STATS] = { "employee stats", "NUMBER", 1, 1, NULL, "show what a person bought",
      "Totals of this month, the last one and the year, each month, and the favourites.",
      .run = ff_cmd_employee_stats },
    [FF_CMD_LIMITS] = { "limits", "ACTION [WHO|WHAT...]", 1, 4, NULL,
      "bounds of buying: show block unblock bans ban unban cap",
      "  feastfrenzy limits show EMP001                          what is left today and this month\n"
      "  feastfrenzy limits block EMP001 --reason \"card lost\"    keeps everything, cannot buy\n"
      "  feastfrenzy limits ban EMP001 Cola --reason \"asked to\"  or category:snack; bans tells its ID\n"
      "  feastfrenzy limits cap Cake 2 3                         pieces a purchase, a day; or none\n"
      "Amounts are set with employee set, group set and site.", .run = ff_cmd_limits },
    [FF_CMD_GROUP_LIST] = { "group list", "", 0, 0, NULL, "list the groups of customers", NULL,
      .run = ff_cmd_group_list },
    [FF_CMD_GROUP_ADD] = { "group add", "NAME", 1, 1, NULL, "make a group of customers",
      "What a group does not say is as the site has it. Example:\n"
      "  feastfrenzy group add Trainees --overdraft 20.00 --monthly-limit 150.00", .run = ff_cmd_group_add },
    [FF_CMD_GROUP_RENAME] = { "group rename", "NAME NEW-NAME", 2, 2, NULL, "rename a group", NULL,
      .run = ff_cmd_group_rename },
    [FF_CMD_GROUP_SET] = { "group set", "NAME", 1, 1, NULL, "change what a group may", NULL,
      .run = ff_cmd_group_set },
    [FF_CMD_GROUP_REMOVE] = { "group remove", "NAME", 1, 1, NULL,
      "remove a group that nobody is in", NULL, .run = ff_cmd_group_remove },
    [FF_CMD_COST_CENTRE] = { "cost-centre", "ACTION [CODE] [NAME]", 1, 3, NULL,
      "what the employer's money is booked on: list add rename remove assign",
      "The code is part of an account (subsidy:CODE) and stays. Where nothing is assigned, it is main.\n"
      "Examples:\n"
      "  feastfrenzy cost-centre add 4711 Works\n"
      "  feastfrenzy cost-centre assign 4711 Warehouse     the department books on it",
      .run = ff_cmd_cost_centre },
    [FF_CMD_SUBSIDY] = { "subsidy", "ACTION [NAME]", 1, 2, NULL,
      "rules by which the employer pays: list add set on off remove",
      "The first meal of a person in a slot is paid by the rule that gives most. Examples:\n"
      "  feastfrenzy subsidy add Lunch --percent 50 --cap 3.00 --slot 11:00-14:30 --weekdays 12345\n"
      "  feastfrenzy subsidy add Trainees --fixed 2.00 --group Trainees --category food\n"
      "  feastfrenzy subsidy off Lunch", .run = ff_cmd_subsidy },
    [FF_CMD_ALLOWANCE] = { "allowance", "ACTION [AMOUNT [NUMBER...]]", 1, 64, NULL,
      "money of the employer, spent before the own: list give",
      "To people by their numbers, or --group, --department, --all. What is left after --valid-to goes\n"
      "back by itself. Examples:\n"
      "  feastfrenzy allowance give 20 EMP001 EMP002 --valid-to 2026-12-31\n"
      "  feastfrenzy allowance give 15.50 --all --valid-to 2026-12-31 --note \"a good year\"",
      .run = ff_cmd_allowance },
    [FF_CMD_DAYCARD] = { "daycard", "ACTION [CARD] [NUMBER]", 1, 3, NULL,
      "cards for forgotten badges: list add lend return remove",
      "  feastfrenzy daycard add 7              a card into the drawer; hold it to the reader\n"
      "  feastfrenzy daycard lend 7 EMP001      until the business day ends\n"
      "  feastfrenzy daycard return 7           it is back before that", .run = ff_cmd_daycard },
    [FF_CMD_TLS_SELF_SIGNED] = { "tls self-signed", "", 0, 0, NULL,
      "make a certificate of one's own",
      "For a house without a certificate authority. Its files are DATA/tls/cert.pem and key.pem, which\n"
      "serve --tls-listen takes by itself; a running server takes them up within seconds. Compare the\n"
      "fingerprint with what the browser shows. Example:\n"
      "  feastfrenzy tls self-signed --host canteen.lan --host 10.0.0.7",
      .run = ff_cmd_tls_self_signed },
    [FF_CMD_TLS_SHOW] = { "tls show", "", 0, 0, NULL, "show the certificate", NULL,
      .run = ff_cmd_tls_show },
    [FF_CMD_EMPLOYEE_CARDS] = { "employee cards", "[NUMBER]", 0, 1, NULL,
      "print badge cards with QR codes",
      "An HTML file for A4: ten cards a page, name, number and a QR code that a reader takes for a\n"
      "badge. Only hashes are kept, so a sheet cannot be printed again: each one gives everybody on\n"
      "it a further badge, and older ones stay good until they are blocked or removed. Example:\n"
      "  feastfrenzy employee cards --department Kitchen --out cards.html",
      .run = ff_cmd_employee_cards },
    [FF_CMD_EMPLOYEE_PINS] = { "employee pins", "[NUMBER]", 0, 1, NULL,
      "print first PINs for those who have none",
      "PINs made at random, on cards to cut out; they are shown nowhere else. With NUMBER: a new one\n"
      "for this person. Example:\n  feastfrenzy employee pins --out pins.html",
      .run = ff_cmd_employee_pins },
    [FF_CMD_PRODUCT_LIST] = { "product list", "", 0, 0, "menu", "list the products", NULL,
      .run = ff_cmd_product_list },
    [FF_CMD_PRODUCT_SHOW] = { "product show", "PRODUCT", 1, 1, NULL, "show one product",
      "PRODUCT is its number, its name or its barcode.", .run = ff_cmd_product_show },
    [FF_CMD_PRODUCT_ADD] = { "product add", "NAME PRICE CATEGORY [FIELD=VALUE...]", 3, 16, NULL,
      "put a product on the menu",
      "PRICE is in the currency, with its decimals. Fields as of \"product set\". Example:\n"
      "  feastfrenzy product add \"Lentil soup\" 6.90 food tax=7 description=\"with lemon\"",
      .run = ff_cmd_product_add },
    [FF_CMD_PRODUCT_SET] = { "product set", "PRODUCT FIELD=VALUE...", 2, 16, NULL,
      "change a product",
      "FIELD is name, price, category, description, tax (percent), available or archived (yes, no),\n"
      "sort, emoji, glaze, allergens or diets (words with commas, none, or nothing: not known). What was\n"
      "sold keeps its price. Examples:\n"
      "  feastfrenzy product set \"Lentil soup\" price=7.20 tax=19\n"
      "  feastfrenzy product set \"Lentil soup\" allergens=celery,mustard diets=vegan,glutenFree", .run = ff_cmd_product_set },
    [FF_CMD_PRODUCT_ARCHIVE] = { "product archive", "PRODUCT", 1, 1, NULL,
      "take a product off the menu",
      "Its history stays, and its name is free. To bring it back: product set NUMBER archived=no",
      .run = ff_cmd_product_archive },
    [FF_CMD_PRODUCT_SOLD_OUT] = { "product sold-out", "PRODUCT [yes|no]", 1, 2, NULL,
      "say that a product is sold out", "With \"no\" it is on sale again.",
      .run = ff_cmd_product_sold_out },
    [FF_CMD_PRODUCT_BARCODE] = { "product barcode", "PRODUCT [add|remove CODE]", 1, 3, NULL,
      "list, add or remove what a scanner reads",
      "Letters and digits; a number of 8, 12 or 13 digits must end with its check digit. Example:\n"
      "  feastfrenzy product barcode Cola add 5901234123457", .run = ff_cmd_product_barcode },
    [FF_CMD_PRODUCT_STATS] = { "product stats", "PRODUCT", 1, 1, NULL, "show how a product sold, by day",
      "Less what was undone and refunded. Example:\n"
      "  feastfrenzy product stats Cola --from 2026-01-01 --before 2026-02-01",
      .run = ff_cmd_product_stats },
    [FF_CMD_PRODUCT_PRICE] = { "product price", "PRODUCT [PRICE|cancel ID]", 1, 3, NULL,
      "show, set or plan a product's price",
      "Without PRICE: what it cost from which day on, planned prices first. With --from it begins on that\n"
      "business day; until then it can be cancelled by its id. Example:\n"
      "  feastfrenzy product price Cola 3.20 --from 2027-01-01", .run = ff_cmd_product_price },
    [FF_CMD_PRODUCT_REPRICE] = { "product reprice", "CHANGE", 1, 1, NULL,
      "change many prices at once",
      "CHANGE is percent (5%) or an amount (0.20); write -- before one that is below 0. All of them or none.\n"
      "Try first with --dry-run. Example:\n"
      "  feastfrenzy product reprice 5% --category beverage --round-to 0.10 --dry-run",
      .run = ff_cmd_product_reprice },
    [FF_CMD_PRODUCT_IMAGE] = { "product image", "PRODUCT FILE|none", 2, 2, NULL,
      "give a product a picture, or take it away",
      "A still picture in WebP, at most 256 KiB and 1024 points a side, without what a camera writes into it.\n"
      "Example:\n  cwebp -resize 512 0 -metadata none soup.jpg -o soup.webp\n"
      "  feastfrenzy product image Soup soup.webp", .run = ff_cmd_product_image },
    [FF_CMD_TOPUP] = { "topup", "NUMBER AMOUNT", 2, 2, "data", "put money on a person's balance",
      "AMOUNT is in the currency, with its decimals: 20.00. Example:\n"
      "  feastfrenzy topup EMP001 5000 --source bank", .run = ff_cmd_topup },
    [FF_CMD_PAYOUT] = { "payout", "NUMBER AMOUNT", 2, 2, NULL, "give a person money back",
      "Never more than the person has. Example:\n"
      "  feastfrenzy payout EMP001 1200 --source cash --note \"leaves the company\"",
      .run = ff_cmd_payout },
    [FF_CMD_ADJUST] = { "adjust", "NUMBER AMOUNT", 2, 2, NULL, "correct a person's balance",
      "AMOUNT may be below 0. The reason is correction, goodwill, rounding or writeoff (forgives what\n"
      "is owed), and a note is a must. Example:\n"
      "  feastfrenzy adjust EMP001 --reason goodwill --note \"cold soup\" 850", .run = ff_cmd_adjust },
    [FF_CMD_VOID] = { "void", "JOURNAL", 1, 1, NULL, "take back a top-up, pay-out or adjustment",
      "Booked as its exact negation, once. The reason is wrong_person, wrong_amount, booked_twice or\n"
      "bank_return; only the last may push a balance below its floor. Purchases are undone instead.",
      .run = ff_cmd_void },
    [FF_CMD_REFUND] = { "refund", "PURCHASE [LINE:PIECES...]", 1, 16, NULL,
      "give pieces of a purchase back",
      "At the price that was paid; all that is left when no line is named. The reason is spoilt,\n"
      "wrong_item, not_delivered, goodwill or other. Example, one piece of the second line:\n"
      "  feastfrenzy refund 4711 2:1 --reason spoilt", .run = ff_cmd_refund },
    [FF_CMD_APPROVAL] = { "approval", "ACTION [ID]", 1, 2, NULL,
      "bookings that wait for a second person: list approve reject",
      "Above the site's approvalAbove, what a manager books over the web or the API waits for another\n"
      "manager or admin, for seven days. `approval list` shows what waits (or another STATE: approved,\n"
      "rejected, expired). This command line is the operator's: what it books itself does not wait, and\n"
      "the audit log says so. Examples:\n"
      "  feastfrenzy approval approve 7\n"
      "  feastfrenzy approval reject 8 --reason \"no receipt\"", .run = ff_cmd_approval },
    [FF_CMD_TILL] = { "till", "ACTION [NAME [AMOUNT]]", 1, 3, NULL,
      "cash drawers: open list show count",
      "While a till is open, cash top-ups and pay-outs go through it (--till NAME when more are open).\n"
      "Counting closes it; a difference is booked and needs a --reason. Examples:\n"
      "  feastfrenzy till open Counter 100\n"
      "  feastfrenzy till count Counter 98.80 --reason \"one coin too many given back\"",
      .run = ff_cmd_till },
    [FF_CMD_CATEGORY] = { "category", "ACTION [NAME SECONDS]", 1, 3, NULL,
      "the shelves of the menu, and how long to undo: list undo",
      "A purchase can be undone as long as the shortest of its categories says; `none`: as long as the\n"
      "site says (undoSeconds). Example:\n"
      "  feastfrenzy category undo snack 60", .run = ff_cmd_category },
    [FF_CMD_SELLING] = { "selling", "ACTION [WORDS...]", 1, 3, NULL,
      "stop, start, tell kiosks: status stop start notice closed close open",
      "`stop` refuses every purchase; undo and refund go on. `notice` without a text takes it away.\n"
      "On a closed day nothing is sold at kiosks and phones. Examples:\n"
      "  feastfrenzy selling stop \"Fire drill, back at 12:30\"\n"
      "  feastfrenzy selling notice \"Soup is late today\" 2026-03-02T12:30:00Z\n"
      "  feastfrenzy selling close 2026-12-24 \"Christmas Eve\"", .run = ff_cmd_selling },
    [FF_CMD_STATEMENT] = { "statement", "NUMBER", 1, 1, NULL,
      "print every movement of a person's balance",
      "Opening balance, movements, closing balance: as a table, or with --csv, --json or --html (a page\n"
      "to print). That of a closed month is the same for ever. Example:\n"
      "  feastfrenzy statement EMP001 --month 2026-03",
      .run = ff_cmd_statement },
    [FF_CMD_STOCK] = { "stock", "ACTION [PRODUCT] [...]", 1, 8, NULL,
      "pieces: list moves set receive count shrinkage portions",
      "PRODUCT is a product's name or number. What is sold is counted once `set` began it:\n"
      "  feastfrenzy stock set Apple shelf low=20    goods; the level may fall below 0 unless strict\n"
      "  feastfrenzy stock set Goulash portion       of the kitchen; never below 0\n"
      "  feastfrenzy stock set Apple off             count no longer\n"
      "  feastfrenzy stock receive Apple 100 --note \"delivery 4711\"\n"
      "  feastfrenzy stock count Apple 96            the difference is a move\n"
      "  feastfrenzy stock shrinkage Apple 3 --reason rotten\n"
      "  feastfrenzy stock list low                  what is to be ordered\n"
      "  feastfrenzy stock portions Goulash 40 2026-03-02     sold on that day at most; none: no limit\n"
      "  feastfrenzy stock portions                  what is left today", .run = ff_cmd_stock },
    [FF_CMD_MENU] = { "menu", "ACTION [DATE] [...]", 1, 16, NULL,
      "what is served on which day: show set copy",
      "A product with menuonly=yes is sold on its dates while a window is open; others always. Examples:\n"
      "  feastfrenzy menu show --from 2026-03-02 --before 2026-03-09    this week without dates\n"
      "  feastfrenzy menu set 2026-03-02 Lunch:Goulash:40 Lunch:Salad   the whole day; nothing: none\n"
      "  feastfrenzy menu copy 2026-03-02 2026-03-09                    seven days over seven others\n"
      "  feastfrenzy menu show --csv --out week.csv                     a file for: import menu",
      .run = ff_cmd_menu },
    [FF_CMD_WINDOW] = { "window", "ACTION [NAME] [...]", 1, 6, NULL,
      "when something is served: list add set remove",
      "  feastfrenzy window add Lunch 11:30 14:00            every day; 14:00 is no longer part of it\n"
      "  feastfrenzy window add Breakfast 07:00 09:00 weekdays\n"
      "  feastfrenzy window set Lunch to=14:30 days=monday,friday\n"
      "  feastfrenzy window remove Lunch                     while no menu names it", .run = ff_cmd_window },
    [FF_CMD_LEDGER_PERIODS] = { "ledger periods", "", 0, 0, "books", "list the months of the books",
      NULL, .run = ff_cmd_ledger_periods },
    [FF_CMD_LEDGER_CLOSE] = { "ledger close", "MONTH", 1, 1, NULL, "close a month for ever",
      "Proves the whole ledger, stores a statement for each person and keeps the head's hash. The month\n"
      "must be over and all months before it closed; late bookings go to the first open day. Example:\n"
      "  feastfrenzy ledger close 2026-03", .run = ff_cmd_ledger_close },
    [FF_CMD_LEDGER_ACCOUNTS] = { "ledger accounts", "", 0, 0, NULL,
      "list the accounts with their balances", "Now, or at the end of a day with --at.",
      .run = ff_cmd_ledger_accounts },
    [FF_CMD_LEDGER_TRIAL_BALANCE] = { "ledger trial-balance", "", 0, 0, NULL,
      "print all balances on their sides", "Debits and credits are the same amount, always.",
      .run = ff_cmd_ledger_trial_balance },
    [FF_CMD_LEDGER_JOURNALS] = { "ledger journals", "", 0, 0, NULL,
      "print the newest journals with their entries", NULL, .run = ff_cmd_ledger_journals },
    [FF_CMD_LEDGER_HEAD] = { "ledger head", "", 0, 0, NULL, "print the last journal and its hash",
      "Kept elsewhere, it proves that no journal before it was changed.",
      .run = ff_cmd_ledger_head },
    [FF_CMD_LEDGER_EXPORT] = { "ledger export", "MONTH", 1, 1, NULL,
      "print a month's journals for another program",
      "CSV with debit and credit and the account numbers of `ledger map`; a row an entry, or summed up\n"
      "with --by-day. A closed month gives the same bytes as long as the mapping stays. Example:\n"
      "  feastfrenzy ledger export 2026-03 --by-day --out march.csv", .run = ff_cmd_ledger_export },
    [FF_CMD_LEDGER_MAP] = { "ledger map", "[CODE NUMBER [NAME]]", 0, 3, NULL,
      "account numbers of the site's own bookkeeping",
      "Without arguments: lists them. CODE is one of our accounts, or a kind with all its accounts.\n"
      "  feastfrenzy ledger map wallet:\\* 1755 \"Staff canteen\"\n"
      "  feastfrenzy ledger map remove revenue:sales", .run = ff_cmd_ledger_map },
    [FF_CMD_PAYROLL_BATCH] = { "payroll batch", "MONTH PROFILE", 2, 2, NULL,
      "have deducted from the pay what people owe",
      "Of a closed month: a line for each person whose balance was below 0 at its end. With --cap and\n"
      "--minimum per person; the rest stays owed. A further batch holds only what the earlier ones did\n"
      "not: rejected lines, a higher cap. Example:\n"
      "  feastfrenzy payroll batch 2026-03 Office --cap 100.00", .run = ff_cmd_payroll_batch },
    [FF_CMD_PAYROLL_LIST] = { "payroll list", "", 0, 0, NULL, "list the batches", NULL,
      .run = ff_cmd_payroll_list },
    [FF_CMD_PAYROLL_FILE] = { "payroll file", "BATCH", 1, 1, NULL, "print a batch's file",
      "The same bytes every time, whatever became of the profile since.",
      .run = ff_cmd_payroll_file },
    [FF_CMD_PAYROLL_REJECT] = { "payroll reject", "BATCH NUMBER...", 2, 16, NULL,
      "book back what payroll could not deduct",
      "The numbers are those of the file. It is owed again, whatever the balance's floor. Example:\n"
      "  feastfrenzy payroll reject 1 EMP007 EMP012 --reason \"on leave\"",
      .run = ff_cmd_payroll_reject },
    [FF_CMD_PAYROLL_CONFIRM] = { "payroll confirm", "BATCH AMOUNT", 2, 2, NULL,
      "book the arrival of a batch's money", "AMOUNT must be what is due, to the unit.",
      .run = ff_cmd_payroll_confirm },
    [FF_CMD_PAYROLL_PROFILE] = { "payroll profile", "ACTION [NAME]", 1, 2, NULL,
      "how payroll offices want their files: list add show remove",
      "A column is TITLE=FIELD or FIELD: number name amount wageType month from to currency empty.\n"
      "  feastfrenzy payroll profile add Office --columns \"Personnel=number,Type=wageType,Amount=amount\"\n"
      "    --separator semicolon --decimal-mark comma --date-format dotted --wage-type 4711 --bom",
      .run = ff_cmd_payroll_profile },
    [FF_CMD_IMPORT_PRODUCTS] = { "import products", "FILE", 1, 1, "files",
      "add products from a CSV file",
      "Columns: name,price,category, and of description,available,taxPercent,allergens,diets,emoji,glaze,\n"
      "menuOnly,barcodes those that the file has. With --update a row with a known name changes that product in\n"
      "what its cells say. All rows or none; every bad row is named\n"
      "with its line. Try first with --dry-run.", .run = ff_cmd_import },
    [FF_CMD_IMPORT_EMPLOYEES] = { "import employees", "FILE", 1, 1, NULL,
      "add or change people from a CSV file",
      "Columns: employeeNumber,name,email,department,monthlyLimit,openingBalance,group. All rows or\n"
      "none; every bad row is named with its line. Try first with --dry-run: it tells each line that\n"
      "adds somebody. With --update who is there is changed where a cell is not empty, and told\n"
      "with old and new; a further column active (false: has left) counts then. Example:\n"
      "  feastfrenzy import employees staff.csv --update --dry-run", .run = ff_cmd_import },
    [FF_CMD_IMPORT_OPENING] = { "import opening", "FILE", 1, 1, NULL,
      "book opening balances from a CSV file",
      "Columns: number,amount, for people who are here already. All rows or none, and once: whoever has\n"
      "an opening balance, and a file that was booked, is refused. Try first with --dry-run.",
      .run = ff_cmd_import },
    [FF_CMD_IMPORT_DEPARTMENTS] = { "import departments", "FILE", 1, 1, NULL,
      "add departments from a CSV file",
      "Column: name. All rows or none. With --update names that differ by case and accents only\n"
      "are spelled as in the file. Try first with --dry-run.", .run = ff_cmd_import },
    [FF_CMD_IMPORT_STOCK] = { "import stock", "FILE", 1, 1, NULL,
      "take the counts of a CSV file",
      "Columns: product,kind,quantity,lowWater; an empty cell leaves that as it is. Products that nobody\n"
      "counted are counted from now on. All rows or none. Try first with --dry-run.",
      .run = ff_cmd_import },
    [FF_CMD_IMPORT_MENU] = { "import menu", "FILE", 1, 1, NULL,
      "replace the menu of days from a CSV file",
      "Columns: date,window,product,portions. The days that the file names are replaced, others stay.\n"
      "All rows or none. Try first with --dry-run.", .run = ff_cmd_import },
    [FF_CMD_EXPORT_PRODUCTS] = { "export products", "", 0, 0, NULL, "print the products as CSV",
      NULL, .run = ff_cmd_export },
    [FF_CMD_EXPORT_EMPLOYEES] = { "export employees", "", 0, 0, NULL, "print the people as CSV",
      NULL, .run = ff_cmd_export },
    [FF_CMD_EXPORT_DEPARTMENTS] = { "export departments", "", 0, 0, NULL,
      "print the departments as CSV", NULL, .run = ff_cmd_export },
    [FF_CMD_EXPORT_USERS] = { "export users", "", 0, 0, NULL, "print the accounts as CSV", NULL,
      .run = ff_cmd_export },
    [FF_CMD_EXPORT_PURCHASES] = { "export purchases", "", 0, 0, NULL,
      "print the purchases as CSV, a line an item",
      "Newest first, also what was undone and refunded. Example:\n"
      "  feastfrenzy export purchases --from 2026-01-01 --before 2026-02-01 --bom --out january.csv",
      .run = ff_cmd_export },
    [FF_CMD_EXPORT_AUDIT] = { "export audit", "", 0, 0, NULL,
      "print the audit log, newest first, with its hashes",
      "One JSON object a line, or --format csv. Days are of UTC. Example:\n"
      "  feastfrenzy export audit --from 2026-10-01 --before 2026-11-01 --out october.ndjson",
      .run = ff_cmd_export_audit },
    [FF_CMD_EXPORT_ALL] = { "export all", "[DIR]", 0, 1, NULL,
      "write all tables as JSON lines, with digests",
      "A file a table and MANIFEST.json, all of one moment, also beside a running server, into a new or\n"
      "empty folder; without DIR into DATA/exports. Hashes of passwords, PINs, badges and tokens stay\n"
      "out. It is for other programs and for keeping; what restores a canteen is a backup. Example:\n"
      "  feastfrenzy export all /srv/handover/2026-03", .run = ff_cmd_export_all },
    [FF_CMD_EXPORT_VERIFY] = { "export verify", "DIR", 1, 1, NULL,
      "check such a folder against its manifest",
      "Exit 1 names the first file that is missing, changed, or in the folder without being listed.",
      .run = ff_cmd_export_verify },
    [FF_CMD_BACKUP_CREATE] = { "backup create", "", 0, 0, NULL,
      "copy the database, also of a running server",
      "Into DATA/backups unless --out names a file. The copy is checked before it counts.\n"
      "Never copy the database file itself: part of it may still be in the log beside it.",
      .run = ff_cmd_backup_create },
    [FF_CMD_BACKUP_VERIFY] = { "backup verify", "FILE...", 1, 16, NULL, "check a copy", NULL,
      .run = ff_cmd_backup_verify },
    [FF_CMD_RESTORE] = { "restore", "FILE", 1, 1, NULL, "put a copy in place of the database",
      "The database that was there is kept beside it. No server may run.", .run = ff_cmd_restore },
    [FF_CMD_MIGRATE_STATUS] = { "migrate status", "", 0, 0, NULL, "show the database's version",
      NULL, .run = ff_cmd_migrate_status },
    [FF_CMD_MIGRATE_UP] = { "migrate up", "", 0, 0, NULL, "bring the database up to date",
      "A safety copy is made first. `serve` does this by itself.", .run = ff_cmd_migrate_up },
    [FF_CMD_MIGRATE_DOWN] = { "migrate down", "", 0, 0, NULL, "take the last step back",
      "For going back to an older program; what that step had added is lost. A copy is made first.",
      .run = ff_cmd_migrate_down },
    [FF_CMD_REPORT] = { "report", "KEY", 1, 1, "look", "show what was sold, or people by money",
      "KEY is day, hour, weekday, product, category, department, kiosk or tax. Less what was undone and\n"
      "refunded, so that the sums are what the accounts moved by; ten years at most. Also: popular (what\n"
      "sold best), employees (what people spent in a --month against their limit), low-balance (whose\n"
      "balance is --below an amount), debts (who owes, how much, since when), subsidy (what the employer\n"
      "paid, --by day, rule, costCentre or department), undos (who takes purchases back, where),\n"
      "production (what the kitchen planned for a day, today or --from, and what was sold). Example:\n"
      "  feastfrenzy report product --from 2026-01-01 --before 2026-02-01 --csv\n"
      "  feastfrenzy report employees --month 2026-01 --csv --bom --out january.csv",
      .run = ff_cmd_report },
    [FF_CMD_VERIFY] = { "verify", "", 0, 0, NULL, "recompute the whole ledger",
      "Sums, balances, hash chain, totals of lines. Exit 1 names the first bad row. May run beside\n"
      "a server.", .run = ff_cmd_verify },
    [FF_CMD_REBUILD] = { "rebuild", "FILE", 1, 1, NULL,
      "make balances and counters again from the journals",
      "Into the new FILE, and compared with those in use, to the unit: exit 1 names each that differs.\n"
      "FILE is what the journals say, and a copy that `restore` takes. Reads only; may run beside a\n"
      "server. Example:\n"
      "  feastfrenzy rebuild /var/tmp/rebuilt.db", .run = ff_cmd_rebuild },
    [FF_CMD_AUDIT_VERIFY] = { "audit verify", "", 0, 0, NULL, "prove the audit log",
      "Exit 1 names the first entry that was changed, taken out, moved or cut off. May run beside a\n"
      "server. A head that was noted elsewhere, as the server's log says it each day, proves more:\n"
      "  feastfrenzy audit verify --head SEQ:HASH", .run = ff_cmd_audit_verify },
    [FF_CMD_AUDIT_TAIL] = { "audit tail", "", 0, 0, NULL, "print the newest entries of the audit log",
      NULL, .run = ff_cmd_audit_tail },
    [FF_CMD_PRIVACY_RECORD] = { "privacy record", "", 0, 0, NULL,
      "print the record of processing",
      "GDPR Art. 30 and 32: every table, what personal data it holds, why, who sees it, how long.",
      .is_plain = true, .run = ff_cmd_privacy_record },
    [FF_CMD_HEALTHCHECK] = { "healthcheck", "", 0, 0, NULL, "exit 0 when the server is ready",
      "For containers and monitors. Finds the server through the data directory.",
      .run = ff_cmd_healthcheck },
    [FF_CMD_DOCTOR] = { "doctor", "", 0, 0, NULL,
      "check configuration, disk, clock, database and more",
      "Beside a running server or without one. Ends with 0 when all is well, 2 when there are only\n"
      "warnings, 1 when there is an error. Examples:\n"
      "  feastfrenzy doctor --fix\n"
      "  feastfrenzy doctor --run backup-age,disk-free --json", .is_plain = true,
      .run = ff_cmd_doctor },
    [FF_CMD_CONFIG_SHOW] = { "config show", "", 0, 0, NULL, "show each setting and its origin",
      NULL, .run = ff_cmd_config_show },
    [FF_CMD_CONFIG_CHECK] = { "config check", "", 0, 0, NULL,
      "check configuration without starting", NULL, .run = ff_cmd_config_check },
    [FF_CMD_CONFIG_EXAMPLE] = { "config example", "", 0, 0, NULL,
      "print a commented configuration file", NULL, .is_plain = true,
      .run = ff_cmd_config_example },
    [FF_CMD_OPENAPI] = { "openapi", "", 0, 0, NULL, "print the API's OpenAPI document", NULL,
      .is_plain = true, .run = ff_cmd_openapi },
    [FF_CMD_VERSION] = { "version", "", 0, 0, NULL, "print program, library and schema versions",
      NULL, .is_plain = true, .run = ff_cmd_version },
    [FF_CMD_HELP] = { "help", "[COMMAND]", 0, 2, NULL, "this, or the help of one command", NULL,
      .is_plain = true, .run = ff_cmd_help },
};
/* clang-format on */

/* How many of the words are the name's words; 0: it is another command. */
static size_t matches(const char *name, const char *const *words, size_t n)
{
    const char *space = strchr(name, ' ');
    size_t first = space ? (size_t)(space - name) : strlen(name);
    if (n == 0 || strlen(words[0]) != first || strncmp(words[0], name, first) != 0)
        return 0;
    if (!space)
        return 1;
    return n > 1 && strcmp(words[1], space + 1) == 0 ? 2 : 0;
}

/* "user needs one of: add, list" when the noun is right and the verb is not. */
static bool name_verbs(const char *noun, struct ff_trouble *t)
{
    size_t n = strlen(noun), used = 0;
    char verbs[200] = "";
    for (int i = 0; i < FF_CMD_COUNT; i++) {
        const char *name = ff_command_rows[i].name;
        if (strncmp(name, noun, n) == 0 && name[n] == ' ' && used < sizeof verbs)
            used += (size_t)snprintf(verbs + used, sizeof verbs - used, "%s%s", used ? ", " : "",
                                     name + n + 1);
    }
    if (!used)
        return false;
    char hint[64];
    snprintf(hint, sizeof hint, "feastfrenzy help");
    ff_trouble(t, FF_EXIT_USAGE, hint, "\"%s\" needs one of: %s", noun, verbs);
    return true;
}

enum ff_command ff_command_find(const char *const *words, size_t n, size_t *used,
                                struct ff_trouble *t)
{
    for (enum ff_command c = 0; c < FF_CMD_COUNT; c++)
        if ((*used = matches(ff_command_rows[c].name, words, n)) > 0)
            return c;
    if (name_verbs(words[0], t))
        return FF_CMD_COUNT;
    char typed[128];
    snprintf(typed, sizeof typed, "%.60s%s%.60s", words[0], n > 1 ? " " : "",
             n > 1 ? words[1] : "");
    struct ff_nearest one = ff_nearest_to(words[0]), two = ff_nearest_to(typed);
    for (int i = 0; i < FF_CMD_COUNT; i++) {
        ff_nearest_offer(strchr(ff_command_rows[i].name, ' ') ? &two : &one,
                         ff_command_rows[i].name);
    }
    const char *best = two.best ? two.best : one.best;
    char hint[128] = "feastfrenzy help";
    if (best)
        snprintf(hint, sizeof hint, "did you mean \"feastfrenzy %s\"?", best);
    ff_trouble(t, FF_EXIT_USAGE, hint, "unknown command %s", words[0]);
    return FF_CMD_COUNT;
}
