-- Takes 0012 back.
DROP TABLE product_barcode;
