/* SPDX-License-Identifier: MIT */
/* record.c - the record of processing activities, written from the schema and the table of tables,
 * so that it cannot lag behind the program. The committed copy is compared by a lint. */
#include "domain/privacy/privacy.h"
#include "domain/privacy/tables.h"

static const char head[] =
    "# Record of processing activities\n"
    "\n"
    "GDPR Art. 30 and 32. Made by `feastfrenzy privacy record` from the program itself; do not edit"
    " it, add a page of\nyour own for what only you know: name and address of the controller, of "
    "the"
    " data protection officer, and the\nlegal basis you chose (in most canteens Art. 6(1)(b) for"
    " selling and 6(1)(c) for the books).\n"
    "\n"
    "- **Whose data**: the employees who eat in the canteen, and the people who run it.\n"
    "- **Recipients**: nobody outside the canteen. The program sends nothing anywhere by itself, "
    "and"
    " its pages load nothing\n  from elsewhere. Mail goes where you tell it to.\n"
    "- **Third countries**: none.\n"
    "- **Automated decisions**: none but the limit of a wallet.\n"
    "\n"
    "## What is kept\n"
    "\n"
    "| table | personal data | purpose | who sees it | how long |\n"
    "| --- | --- | --- | --- | --- |\n";

static const char rights[] =
    "\n"
    "## What goes by itself\n"
    "\n"
    "The running server looks once an hour. It deletes nothing while its clock is not to be "
    "trusted:"
    " after a jump back of\nmore than 5 seconds or forward of more than 24 hours the clock must run"
    " evenly for 24 hours first.\n"
    "\n"
    "| table | after days |\n"
    "| --- | --- |\n";

static const char tail[] =
    "\n"
    "## The rights of a person\n"
    "\n"
    "- **Access and portability** (Art. 15, 20): \"My data\" on the own page, or `GET"
    " /api/v1/me/export`; for others\n  `feastfrenzy employee export NUMBER`. JSON or CSV. "
    "Sections:"
    " ";

static const char measures[] =
    ".\n"
    "- **Erasure** (Art. 17): `feastfrenzy employee erase NUMBER`, or `POST"
    " /api/v1/employees/{id}/erase`. Name, number,\n  address, PIN, badges and sign-in go; what was"
    " bought stays in the books under \"Erased person\". Backups made before\n  keep the old state:"
    " keep them 30 days at most. A restore of one erases again who was erased since.\n"
    "- **Rectification** (Art. 16): the own page, or a manager.\n"
    "\n"
    "## Measures (Art. 32)\n"
    "\n"
    "- Passwords and PINs are kept as Argon2id hashes, badges and tokens as keyed or plain BLAKE2b"
    " hashes.\n"
    "- Every change, and every look at another person's data, is in the audit, in a keyed hash"
    " chain.\n"
    "- Who may see what is one table in the program, tested for every route and role.\n"
    "- Files are for the program's user alone (0600); keys lie outside the database.\n"
    "- Deleted bytes are overwritten (secure_delete); after an erasure the tables with names are"
    " written anew.\n";

static void cell(struct ff_buf *out, const char *text)
{
    ff_buf_printf(out, " %s |", text && *text ? text : "-");
}

static void write_table(struct ff_buf *out, const char *name)
{
    const struct ff_privacy_table *table = ff_privacy_table(name);
    ff_buf_printf(out, "| %s |", name);
    if (!table) {
        ff_buf_str(out, " NOT DESCRIBED: add a row to src/domain/privacy/tables.c | | | |\n");
        return;
    }
    cell(out, table->personal);
    cell(out, table->purpose);
    cell(out, table->readers);
    cell(out, table->kept);
    ff_buf_char(out, '\n');
}

static void write_sections(struct ff_buf *out)
{
    const char *comma = "";
    for (size_t i = 0; i < ff_n_privacy_tables; i++) {
        if (!ff_privacy_tables[i].section)
            continue;
        ff_buf_printf(out, "%s%s", comma, ff_privacy_tables[i].section);
        comma = ", ";
    }
}

void ff_privacy_record(struct ff_buf *out)
{
    ff_buf_str(out, head);
    for (int i = 0; i < FF_TABLE_COUNT; i++)
        write_table(out, ff_table_names[i]);
    ff_buf_str(out, rights);
    for (size_t i = 0; i < ff_n_privacy_tables; i++) {
        if (ff_privacy_tables[i].purged.plus_one)
            ff_buf_printf(out, "| %s | %d |\n", ff_privacy_tables[i].name,
                          ff_privacy_tables[i].keep_days);
    }
    ff_buf_str(out, tail);
    write_sections(out);
    ff_buf_str(out, measures);
}
