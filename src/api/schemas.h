/* SPDX-License-Identifier: MIT */
/* schemas.h - the body, query and reply schemas that routes.c names, a section an area.
 * Each is defined in the area's *_api.c (or *_schema.c) beside its field list, as
 *     const struct ff_schema ff_schema_product = { .name = "Product", .size = sizeof(struct
 *         ff_product), .set_offset = FF_NO_SET, FF_FIELDS(product_f) };
 * A schema's `name` is its component name in the OpenAPI document, so it is unique. */
#ifndef FF_API_SCHEMAS_H
#define FF_API_SCHEMAS_H

#include "json/schema.h"

/* ---- system ---- */
extern const struct ff_schema ff_schema_health;
extern const struct ff_schema ff_schema_health_state;

/* ---- auth ---- */
extern const struct ff_schema ff_schema_login;
extern const struct ff_schema ff_schema_refresh;
extern const struct ff_schema ff_schema_signed_in;
extern const struct ff_schema ff_schema_user;

/* ---- kiosk ---- */
extern const struct ff_schema ff_schema_pair;
extern const struct ff_schema ff_schema_paired;
extern const struct ff_schema ff_schema_pair_request;
extern const struct ff_schema ff_schema_pair_claim;
extern const struct ff_schema ff_schema_pair_claimed;
extern const struct ff_schema ff_schema_identify;
extern const struct ff_schema ff_schema_kiosk_person;
extern const struct ff_schema ff_schema_kiosk_visit;

/* ---- products, categories ---- */
extern const struct ff_schema ff_schema_category;
extern const struct ff_schema ff_schema_category_new;
extern const struct ff_schema ff_schema_category_patch;
extern const struct ff_schema ff_schema_category_query;
extern const struct ff_schema ff_schema_product;
extern const struct ff_schema ff_schema_product_new;
extern const struct ff_schema ff_schema_product_patch;
extern const struct ff_schema ff_schema_product_query;
extern const struct ff_schema ff_schema_product_sale;
extern const struct ff_schema ff_schema_barcode;
extern const struct ff_schema ff_schema_barcode_new;
extern const struct ff_schema ff_schema_price;
extern const struct ff_schema ff_schema_price_new;
extern const struct ff_schema ff_schema_reprice_new;
extern const struct ff_schema ff_schema_reprice;
extern const struct ff_schema ff_schema_catalogue;
extern const struct ff_schema ff_schema_undo_report;
extern const struct ff_schema ff_schema_undo_report_query;
extern const struct ff_schema ff_schema_counter;
extern const struct ff_schema ff_schema_counter_stop;
extern const struct ff_schema ff_schema_counter_notice;
extern const struct ff_schema ff_schema_closed_day;
extern const struct ff_schema ff_schema_closed_day_query;
extern const struct ff_schema ff_schema_closed_day_name;
extern const struct ff_schema ff_schema_till;
extern const struct ff_schema ff_schema_till_query;
extern const struct ff_schema ff_schema_till_new;
extern const struct ff_schema ff_schema_till_counted;
extern const struct ff_schema ff_schema_approval;
extern const struct ff_schema ff_schema_approval_query;
extern const struct ff_schema ff_schema_approval_rejection;
extern const struct ff_schema ff_schema_import;
extern const struct ff_schema ff_schema_import_query;
extern const struct ff_schema ff_schema_import_update_query;

/* ---- departments, employees ---- */
extern const struct ff_schema ff_schema_department;
extern const struct ff_schema ff_schema_department_new;
extern const struct ff_schema ff_schema_department_patch;
extern const struct ff_schema ff_schema_department_query;
extern const struct ff_schema ff_schema_block_new;
extern const struct ff_schema ff_schema_own_limits;
extern const struct ff_schema ff_schema_own_limits_in;
extern const struct ff_schema ff_schema_ban;
extern const struct ff_schema ff_schema_ban_new;
extern const struct ff_schema ff_schema_cap;
extern const struct ff_schema ff_schema_cap_in;
extern const struct ff_schema ff_schema_group;
extern const struct ff_schema ff_schema_group_new;
extern const struct ff_schema ff_schema_group_patch;
extern const struct ff_schema ff_schema_group_query;
extern const struct ff_schema ff_schema_employee;
extern const struct ff_schema ff_schema_employee_new;
extern const struct ff_schema ff_schema_employee_patch;
extern const struct ff_schema ff_schema_employee_query;
extern const struct ff_schema ff_schema_pin;
extern const struct ff_schema ff_schema_handout;
extern const struct ff_schema ff_schema_invitation_new;
extern const struct ff_schema ff_schema_invitation;
extern const struct ff_schema ff_schema_invitation_query;
extern const struct ff_schema ff_schema_welcome_code;
extern const struct ff_schema ff_schema_welcome;
extern const struct ff_schema ff_schema_welcome_accept;
extern const struct ff_schema ff_schema_welcome_accepted;
extern const struct ff_schema ff_schema_badge;
extern const struct ff_schema ff_schema_badge_new;
extern const struct ff_schema ff_schema_badge_code;
extern const struct ff_schema ff_schema_badge_link;
extern const struct ff_schema ff_schema_badge_linked;
extern const struct ff_schema ff_schema_day_card;
extern const struct ff_schema ff_schema_day_card_new;
extern const struct ff_schema ff_schema_day_card_loan;
extern const struct ff_schema ff_schema_kiosk_name;
extern const struct ff_schema ff_schema_kiosk_name_query;

/* ---- site ---- */
extern const struct ff_schema ff_schema_public_site;
extern const struct ff_schema ff_schema_site;
extern const struct ff_schema ff_schema_site_patch;

/* ---- wallet ---- */
extern const struct ff_schema ff_schema_balance;
extern const struct ff_schema ff_schema_balance_query;
extern const struct ff_schema ff_schema_statement;
extern const struct ff_schema ff_schema_statement_query;
extern const struct ff_schema ff_schema_movement;
extern const struct ff_schema ff_schema_topup_new;
extern const struct ff_schema ff_schema_payout_new;
extern const struct ff_schema ff_schema_adjustment_new;
extern const struct ff_schema ff_schema_void_new;

/* ---- months ---- */
extern const struct ff_schema ff_schema_period;
extern const struct ff_schema ff_schema_closed_month;
/* ---- the books ---- */
extern const struct ff_schema ff_schema_account;
extern const struct ff_schema ff_schema_account_query;
extern const struct ff_schema ff_schema_trial;
extern const struct ff_schema ff_schema_trial_query;
extern const struct ff_schema ff_schema_journal;
extern const struct ff_schema ff_schema_journal_query;
extern const struct ff_schema ff_schema_ledger_head;
extern const struct ff_schema ff_schema_ledger_check;
extern const struct ff_schema ff_schema_ledger_export_query;
extern const struct ff_schema ff_schema_account_map;
/* ---- payroll ---- */
extern const struct ff_schema ff_schema_payroll_profile;
extern const struct ff_schema ff_schema_payroll_profile_new;
extern const struct ff_schema ff_schema_payroll_new;
extern const struct ff_schema ff_schema_payroll_summary;
extern const struct ff_schema ff_schema_payroll_batch;
extern const struct ff_schema ff_schema_payroll_rejections;
extern const struct ff_schema ff_schema_payroll_confirmation;

/* ---- purchases ---- */
extern const struct ff_schema ff_schema_purchase;
extern const struct ff_schema ff_schema_purchase_new;
extern const struct ff_schema ff_schema_purchase_query;
extern const struct ff_schema ff_schema_undo;
extern const struct ff_schema ff_schema_undo_new;
extern const struct ff_schema ff_schema_quote;
extern const struct ff_schema ff_schema_cost_centre;
extern const struct ff_schema ff_schema_cost_centre_new;
extern const struct ff_schema ff_schema_cost_centre_patch;
extern const struct ff_schema ff_schema_cost_centre_query;
extern const struct ff_schema ff_schema_subsidy_rule;
extern const struct ff_schema ff_schema_subsidy_rule_new;
extern const struct ff_schema ff_schema_subsidy_rule_patch;
extern const struct ff_schema ff_schema_subsidy_rule_query;
extern const struct ff_schema ff_schema_allowance;
extern const struct ff_schema ff_schema_allowance_new;
extern const struct ff_schema ff_schema_allowance_query;
extern const struct ff_schema ff_schema_employer_report;
extern const struct ff_schema ff_schema_employer_query;
extern const struct ff_schema ff_schema_refund;
extern const struct ff_schema ff_schema_production;
extern const struct ff_schema ff_schema_production_query;
extern const struct ff_schema ff_schema_window;
extern const struct ff_schema ff_schema_window_query;
extern const struct ff_schema ff_schema_window_new;
extern const struct ff_schema ff_schema_window_patch;
extern const struct ff_schema ff_schema_menu;
extern const struct ff_schema ff_schema_menu_query;
extern const struct ff_schema ff_schema_menu_new;
extern const struct ff_schema ff_schema_menu_copy;
extern const struct ff_schema ff_schema_stock;
extern const struct ff_schema ff_schema_stock_query;
extern const struct ff_schema ff_schema_stock_patch;
extern const struct ff_schema ff_schema_stock_receive;
extern const struct ff_schema ff_schema_stock_count;
extern const struct ff_schema ff_schema_stock_shrinkage;
extern const struct ff_schema ff_schema_stock_move;
extern const struct ff_schema ff_schema_portions_new;
extern const struct ff_schema ff_schema_portions;
extern const struct ff_schema ff_schema_portions_today;
extern const struct ff_schema ff_schema_refund_new;

/* ---- reports ---- */
extern const struct ff_schema ff_schema_report;
extern const struct ff_schema ff_schema_report_query;
extern const struct ff_schema ff_schema_consumption;
extern const struct ff_schema ff_schema_consumption_query;
extern const struct ff_schema ff_schema_balance_row;
extern const struct ff_schema ff_schema_low_balance_query;
extern const struct ff_schema ff_schema_debt_query;
extern const struct ff_schema ff_schema_person_stats;
extern const struct ff_schema ff_schema_menu_popular;
extern const struct ff_schema ff_schema_menu_popular_query;
extern const struct ff_schema ff_schema_popular;
extern const struct ff_schema ff_schema_popular_query;
extern const struct ff_schema ff_schema_product_stats;
extern const struct ff_schema ff_schema_product_stats_query;

/* ---- users, kiosk devices ---- */
extern const struct ff_schema ff_schema_page_query; /* page and limit, nothing else */
extern const struct ff_schema ff_schema_user_new;
extern const struct ff_schema ff_schema_user_account;
extern const struct ff_schema ff_schema_user_query;
extern const struct ff_schema ff_schema_user_patch;
extern const struct ff_schema ff_schema_kiosk_new;
extern const struct ff_schema ff_schema_pair_code;
extern const struct ff_schema ff_schema_kiosk;
extern const struct ff_schema ff_schema_kiosk_patch;
extern const struct ff_schema ff_schema_kiosk_pairing;

/* ---- audit ---- */
extern const struct ff_schema ff_schema_audit_entry;
extern const struct ff_schema ff_schema_audit_query;
extern const struct ff_schema ff_schema_audit_check;
/* ---- sessions, signing keys ---- */
extern const struct ff_schema ff_schema_session;
extern const struct ff_schema ff_schema_sessions_ended;
extern const struct ff_schema ff_schema_logout_all;
extern const struct ff_schema ff_schema_step_up;
extern const struct ff_schema ff_schema_stepped_up;
extern const struct ff_schema ff_schema_key;
extern const struct ff_schema ff_schema_cache;
/* ---- passwords, messages ---- */
extern const struct ff_schema ff_schema_password_change;
extern const struct ff_schema ff_schema_mail_ask;
extern const struct ff_schema ff_schema_password_reset;
extern const struct ff_schema ff_schema_password_set;
extern const struct ff_schema ff_schema_one_time_code;
extern const struct ff_schema ff_schema_mail;

/* ---- operator ---- */
extern const struct ff_schema ff_schema_erasure_new;
extern const struct ff_schema ff_schema_erasure;
extern const struct ff_schema ff_schema_backup_new;
extern const struct ff_schema ff_schema_backup;
extern const struct ff_schema ff_schema_export_new;
extern const struct ff_schema ff_schema_export;
extern const struct ff_schema ff_schema_test_clock;

#endif
